"""Records of CSV files."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from io import StringIO

import attrs

from adapters.connectors.options import options_of
from adapters.connectors.parts import Parts
from adapters.connectors.verdicts import given_up_after
from adapters.connectors.windows import Place, Window, too_long, window_at
from application.pipelines.connecting import (
    BadRecord,
    BadRecordsAt,
    Connector,
    Cursor,
    Origin,
    SourcePage,
    Verdict,
)
from domain.pipelines.source_options import CsvOptions

MOST_COLUMNS = 500
LONGEST_FIELD = 128 * 1024
csv.field_size_limit(LONGEST_FIELD)


@attrs.frozen
class CsvConnector(Connector):
    parts: Parts

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        async def look() -> Verdict:
            window = await self._window(source, None)
            Rows(window, _options(source)).header()
            return Verdict(
                reachable=True,
                version=window.part.server,
                clock_difference_ms=window.part.clock_difference_ms,
            )

        return await given_up_after(within, look)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        return Rows(await self._window(source, after), _options(source)).page(limit)

    async def _window(self, source: Origin, after: Cursor | None) -> Window:
        encoding = _options(source).encoding.value
        return await window_at(self.parts, source, Place.of(after), encoding)


class Lines:
    """Says how much of a text has been read as lines."""

    def __init__(self, text: str) -> None:
        self._lines = StringIO(text, newline="")
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.read += len(line)
            yield line


class Rows:
    """The rows of a window that are whole."""

    def __init__(self, window: Window, options: CsvOptions) -> None:
        self._window = window
        self._options = options
        self._lines = Lines(window.text)
        self._reader = csv.reader(
            self._lines, delimiter=options.delimiter, quotechar=options.quote, strict=True
        )
        self._place = window.place
        self._passed = 0

    def header(self) -> Sequence[str]:
        """Read, unless it is known already; none of what is empty. Raises BadRecordsAt."""
        if self._place.header is not None:
            names: Sequence[str] = json.loads(self._place.header)
            return names
        names = self._options.columns or self._first()
        if not names:
            return names
        names = [self._options.names.get(name, name) for name in names]
        _must_differ(names)
        self._place = attrs.evolve(self._place, header=json.dumps(names))
        return names

    def page(self, limit: int) -> SourcePage:
        """Raises BadRecordsAt."""
        names = self.header()
        records: list[Mapping[str, str]] = []
        bad: list[BadRecord] = []
        while len(records) + len(bad) < limit:
            row = self._next()
            if row is None:
                break
            if isinstance(row, str):
                bad.append(BadRecord(at=f"record {self._place.record - 1}", reason=row))
            elif len(row) != len(names):
                reason = "too_few_columns" if len(row) < len(names) else "too_many_columns"
                bad.append(BadRecord(at=f"record {self._place.record - 1}", reason=reason))
            elif row:
                records.append(dict(zip(names, row, strict=True)))
        return SourcePage(records=records, bad=bad, next=self._following())

    def _following(self) -> Cursor | None:
        over = self._window.ends and self._place.offset >= self._window.end
        return None if over else self._place.cursor

    def _first(self) -> Sequence[str]:
        row = self._next()
        if isinstance(row, str):
            raise BadRecordsAt(row, "record 1")
        return row or []

    def _next(self) -> Sequence[str] | str | None:
        """A row, why there is none, or None if there are no more whole ones. No blank lines."""
        while True:
            row = self._whole()
            if row is None or row:
                return row

    def _whole(self) -> Sequence[str] | str | None:
        try:
            row: Sequence[str] | str | None = next(self._reader, None)
        except csv.Error as error:
            if "field limit" in str(error):
                raise too_long(self._place) from None
            row = "malformed"
        cut_off = self._lines.read >= len(self._window.text) and not self._window.ends
        if row is None or cut_off:
            self._must_have_had_one()
            return None
        self._pass_by(row)
        return row

    def _pass_by(self, row: Sequence[str] | str) -> None:
        offset = self._place.offset + self._window.bytes_of(self._passed, self._lines.read)
        self._passed = self._lines.read
        record = self._place.record + (1 if row else 0)
        self._place = attrs.evolve(self._place, offset=offset, record=record)

    def _must_have_had_one(self) -> None:
        if not self._window.ends and self._place.offset == self._window.place.offset:
            raise too_long(self._place)


def _options(source: Origin) -> CsvOptions:
    return options_of(source, CsvOptions)


def _must_differ(names: Sequence[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise BadRecordsAt("too_many_columns", "record 1")
    if len(set(names)) != len(names) or not all(names):
        raise BadRecordsAt("bad_header", "record 1")
