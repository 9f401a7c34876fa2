"""CSV (RFC 4180) and JSON lines; a column at a time, which is what Python is quick at."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import msgspec

from application.analytics.formulas import SUSPICIOUS, plain
from application.analytics.reports import Cell, CellKind, Cells, Column
from application.analytics.tables import RowPacker, RowWriter
from domain.kernel.periods import Zone

UTC = "UTC"
Worded = Callable[[Sequence[Any], Zone], Sequence[Any]]


def _texts(cells: Sequence[Any], _zone: Zone) -> Sequence[Any]:
    return [cell if cell is None or cell[:1] not in SUSPICIOUS else plain(cell) for cell in cells]


def _moments(cells: Sequence[datetime | None], zone: Zone) -> Sequence[str | None]:
    if zone.name == UTC:
        # Moments are in UTC already, and its offset has six signs.
        return [None if cell is None else f"{cell.isoformat()[:-6]}Z" for cell in cells]
    place = ZoneInfo(zone.name)
    return [None if cell is None else cell.astimezone(place).isoformat() for cell in cells]


def _flags(cells: Sequence[bool | None], _zone: Zone) -> Sequence[str | None]:
    return [None if cell is None else "true" if cell else "false" for cell in cells]


WORDED: Mapping[CellKind, Worded] = {
    CellKind.TEXT: _texts,
    CellKind.MOMENT: _moments,
    CellKind.FLAG: _flags,
}
FROM_TEXT: Mapping[CellKind, Callable[[str], Any]] = {
    CellKind.DATE: date.fromisoformat,
    CellKind.DECIMAL: Decimal,
}


@attrs.frozen
class CsvWriter(RowWriter):
    """What is not known or not there is empty; no text runs, see formulas.py."""

    def head(self, columns: Sequence[Column]) -> bytes:
        return _written([[column.name for column in columns]])

    def lines(self, columns: Sequence[Column], rows: Sequence[Cells], zone: Zone) -> bytes:
        if not rows:
            return b""
        cells = [
            WORDED[column.kind](every, zone) if column.kind in WORDED else every
            for column, every in zip(columns, zip(*rows, strict=True), strict=True)
        ]
        return _written(zip(*cells, strict=True))


@attrs.frozen
class JsonLinesWriter(RowWriter):
    """An object a line; null is what is not known or not there."""

    encoder: msgspec.json.Encoder = attrs.field(factory=msgspec.json.Encoder, repr=False)

    def head(self, columns: Sequence[Column]) -> bytes:
        return b""

    def lines(self, columns: Sequence[Column], rows: Sequence[Cells], zone: Zone) -> bytes:
        names = [column.name for column in columns]
        shown = rows if zone.name == UTC else _in_zone(columns, rows, zone)
        return self.encoder.encode_lines([dict(zip(names, row, strict=True)) for row in shown])


@attrs.frozen
class MessagePacker(RowPacker):
    """By MessagePack, which knows moments; what else it does not know is text in it."""

    encoder: msgspec.msgpack.Encoder = attrs.field(factory=msgspec.msgpack.Encoder, repr=False)
    decoder: Any = attrs.field(
        factory=lambda: msgspec.msgpack.Decoder(list[list[Any]]), repr=False
    )

    def pack(self, rows: Sequence[Cells]) -> bytes:
        return self.encoder.encode([tuple(row) for row in rows])

    def unpack(self, columns: Sequence[Column], part: bytes) -> Sequence[Cells]:
        rows: list[list[Any]] = self.decoder.decode(part)
        for place, column in enumerate(columns):
            known = FROM_TEXT.get(column.kind)
            if known is not None:
                for row in rows:
                    row[place] = None if row[place] is None else known(row[place])
        return rows


def _in_zone(
    columns: Sequence[Column], rows: Sequence[Cells], zone: Zone
) -> Iterator[Sequence[Cell]]:
    place = ZoneInfo(zone.name)
    return zip(
        *(
            [cell and cell.astimezone(place) for cell in cells]
            if column.kind is CellKind.MOMENT
            else cells
            for column, cells in zip(columns, zip(*rows, strict=True), strict=False)
        ),
        strict=True,
    )


def _written(rows: Any) -> bytes:
    table = StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue().encode()
