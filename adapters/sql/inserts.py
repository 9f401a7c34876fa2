"""New rows of several tables in one statement.

A hold writes a booking, its claims, an event and an answer. On PostgreSQL they travel together,
as one `WITH … INSERT`, because a round trip costs more than a row; on SQLite there is no trip to
save and data-modifying CTEs do not exist, so each table has its own statement.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, Table, bindparam, insert

Row = Mapping[str, Any]
Shape = tuple[tuple[Table, tuple[str, ...]], ...]


@attrs.define
class Inserts:
    waiting: list[tuple[Table, Row]] = attrs.field(factory=list)

    def add(self, table: Table, row: Row) -> None:
        self.waiting.append((table, row))

    def send(self, connection: Connection) -> None:
        if not self.waiting:
            return
        rows, self.waiting = self.waiting, []
        together = len(rows) <= LARGEST_STATEMENT and not _order_matters(rows)
        if together and connection.dialect.name == "postgresql":
            _send_together(connection, rows)
        else:
            _send_by_table(connection, rows)


LARGEST_STATEMENT = 32


def _order_matters(rows: Sequence[tuple[Table, Row]]) -> bool:
    """Whether rows of one table are numbered as they are written: WITH promises no order."""
    numbered = [table for table, _ in rows if any(column.default for column in table.c)]
    return len(numbered) > len(set(numbered))


def _send_together(connection: Connection, rows: Sequence[tuple[Table, Row]]) -> None:
    shape = tuple((table, tuple(row)) for table, row in rows)
    parameters = {
        f"p{number}_{column}": value
        for number, (_, row) in enumerate(rows)
        for column, value in row.items()
    }
    connection.execute(_statement(shape), parameters)


@lru_cache(maxsize=256)
def _statement(shape: Shape) -> Executable:
    # Parameters are prefixed: SQLAlchemy would take one named like a column for its new value.
    inserts = [
        insert(table).values(
            {
                column: bindparam(f"p{number}_{column}", type_=table.c[column].type)
                for column in columns
            }
        )
        for number, (table, columns) in enumerate(shape)
    ]
    if len(inserts) == 1:
        return inserts[0]
    *others, last = inserts
    return last.add_cte(*(other.cte(f"row{number}") for number, other in enumerate(others)))


def _send_by_table(connection: Connection, rows: Sequence[tuple[Table, Row]]) -> None:
    by_table: dict[Table, list[Row]] = {}
    for table, row in rows:
        by_table.setdefault(table, []).append(row)
    for table, its_rows in by_table.items():
        connection.execute(_plain(table), its_rows)


@lru_cache(maxsize=64)
def _plain(table: Table) -> Executable:
    return insert(table)
