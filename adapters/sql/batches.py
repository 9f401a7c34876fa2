"""New rows, put in the order in which they are written."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Table

Row = Mapping[str, Any]


@attrs.frozen
class Batch:
    """Rows that say the same about themselves, in one order, so that one statement writes them."""

    table: Table
    columns: tuple[str, ...]
    rows: Sequence[Row]


def batches(rows: Sequence[tuple[Table, Row]]) -> Sequence[Batch]:
    """All rows, those of one table together."""
    alike: dict[tuple[Table, tuple[str, ...]], list[Row]] = {}
    for table, row in rows:
        alike.setdefault((table, tuple(row)), []).append(row)
    return [
        Batch(table, columns, _ordered(table, its_rows))
        for (table, columns), its_rows in alike.items()
    ]


def _ordered(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    """By their keys, unless they are numbered as they are written.

    Whoever is about to write a row that somebody else has just written waits to see whether it
    stays. In one order for everybody, nobody waits in a circle.
    """
    if len(rows) == 1 or any(column.default is not None for column in table.columns):
        return rows
    key = [column.name for column in table.primary_key]
    return sorted(rows, key=lambda row: [row[name] for name in key])
