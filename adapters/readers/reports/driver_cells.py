"""Cells as a driver gives them, made into what they mean a column at a time.

SQLAlchemy does that cell by cell, which costs three times as much as reading them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Text, cast, type_coerce
from sqlalchemy.types import NullType

from application.analytics.reports import CellKind

NOT_KNOWN = -1
WHOLE = 1000
AS_IT_IS = NullType()
Meant = Callable[[Sequence[Any]], Sequence[Any]]


def from_driver(cell: ColumnElement[Any], kind: CellKind, dialect: Dialect) -> ColumnElement[Any]:
    """Identifiers as text: making an object of each costs more than the rest of a row."""
    if kind is CellKind.IDENTIFIER and dialect.name == "postgresql":
        return cast(cell, Text)
    return type_coerce(cell, AS_IT_IS)


def meant(
    cells: Sequence[Any], cell: ColumnElement[Any], kind: CellKind, dialect: Dialect
) -> Sequence[Any]:
    """What a column of cells that were read `from_driver` means."""
    stored = IN_SQLITE if dialect.name == "sqlite" else IN_POSTGRESQL
    if kind in stored:
        return stored[kind](cells)
    return processed(cells, cell, dialect)


def processed(
    values: Sequence[Any], column: ColumnElement[Any], dialect: Dialect
) -> Sequence[Any]:
    """What SQLAlchemy would have made of them."""
    process = column.type.dialect_impl(dialect).result_processor(dialect, None)
    return values if process is None else [process(value) for value in values]


def _shares(cells: Sequence[int | None]) -> Sequence[float | None]:
    """Whole thousandths, of which one too few is not known."""
    return [None if cell is None or cell == NOT_KNOWN else cell / WHOLE for cell in cells]


def _seconds(cells: Sequence[int | None]) -> Sequence[int | None]:
    """Of which one too few is not known."""
    return [None if cell == NOT_KNOWN else cell for cell in cells]


def _identifiers(cells: Sequence[str | None]) -> Sequence[str | None]:
    return [
        cell and f"{cell[:8]}-{cell[8:12]}-{cell[12:16]}-{cell[16:20]}-{cell[20:]}"
        for cell in cells
    ]


def _moments(cells: Sequence[str | None]) -> Sequence[datetime | None]:
    return [None if cell is None else datetime.fromisoformat(f"{cell}+00:00") for cell in cells]


def _flags(cells: Sequence[int | None]) -> Sequence[bool | None]:
    return [None if cell is None else cell == 1 for cell in cells]


def _as_they_are(cells: Sequence[Any]) -> Sequence[Any]:
    return cells


IN_POSTGRESQL: Mapping[CellKind, Meant] = {
    CellKind.SHARE: _shares,
    CellKind.SECONDS: _seconds,
    CellKind.IDENTIFIER: _as_they_are,
}
IN_SQLITE: Mapping[CellKind, Meant] = {
    CellKind.SHARE: _shares,
    CellKind.SECONDS: _seconds,
    CellKind.IDENTIFIER: _identifiers,
    CellKind.MOMENT: _moments,
    CellKind.FLAG: _flags,
}
