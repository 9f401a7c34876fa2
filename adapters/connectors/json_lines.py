"""Records of files with a JSON object a line."""

from datetime import timedelta
from typing import Any

import attrs
import msgspec

from adapters.connectors.options import options_of
from adapters.connectors.parts import Parts
from adapters.connectors.verdicts import given_up_after
from adapters.connectors.windows import Place, Window, too_long, window_at
from application.pipelines.connecting import (
    BadRecord,
    Connector,
    Cursor,
    Origin,
    Record,
    SourcePage,
    Verdict,
)
from domain.pipelines.source_options import JsonLinesOptions

LONGEST_LINE = 256 * 1024
MOST_MEMBERS = 500

_decode = msgspec.json.Decoder().decode


@attrs.frozen
class JsonLinesConnector(Connector):
    parts: Parts

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        async def look() -> Verdict:
            window = await window_at(self.parts, source, Place(), "utf-8")
            return Verdict(
                reachable=True,
                version=window.part.server,
                clock_difference_ms=window.part.clock_difference_ms,
            )

        return await given_up_after(within, look)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        window = await window_at(self.parts, source, Place.of(after), "utf-8")
        return _page(window, options_of(source, JsonLinesOptions), limit)


def record_of(text: str | bytes, options: JsonLinesOptions) -> Record | str:
    """Or why it is none."""
    if len(text) > LONGEST_LINE:
        return "record_too_long"
    try:
        found: Any = _decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return "malformed"
    if not isinstance(found, dict):
        return "no_object"
    if len(found) > MOST_MEMBERS:
        return "too_many_columns"
    return {options.names.get(name, name): value for name, value in found.items()}


def _page(window: Window, options: JsonLinesOptions, limit: int) -> SourcePage:
    """Raises BadRecordsAt if there is no end of a line within reach."""
    place, passed = window.place, 0
    records: list[Record] = []
    bad: list[BadRecord] = []
    while len(records) + len(bad) < limit and passed < len(window.text):
        end = window.text.find("\n", passed)
        if end < 0 and not window.ends:
            break
        until = len(window.text) if end < 0 else end + 1
        line = window.text[passed:until].strip(" \t\r\n")
        if line:
            found = record_of(line, options)
            if isinstance(found, str):
                bad.append(BadRecord(at=f"record {place.record}", reason=found))
            else:
                records.append(found)
        place = attrs.evolve(
            place,
            offset=place.offset + window.bytes_of(passed, until),
            record=place.record + bool(line),
        )
        passed = until
    if not passed and not window.ends:
        raise too_long(place)
    over = window.ends and place.offset >= window.end
    return SourcePage(records=records, bad=bad, next=None if over else place.cursor)
