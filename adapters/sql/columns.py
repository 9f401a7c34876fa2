"""Very many small rows of a table that differ in few columns, as cheap as the database has them.

What SQLAlchemy does for each parameter of each row costs more than writing these.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Connection, Executable, Table, bindparam, func, insert, select


def add_columns(
    connection: Connection,
    table: Table,
    alike: Mapping[str, Any],
    columns: Mapping[str, Sequence[Any]],
) -> None:
    """`alike` is the same in every row; the columns are as long as each other."""
    if connection.dialect.name == "postgresql":
        statement = _unnesting(table, tuple(alike), tuple(columns))
        connection.execute(statement, {**alike, **columns})
        return
    rows = zip(*columns.values(), strict=True)
    same = [value.hex if isinstance(value, UUID) else value for value in alike.values()]
    names = [*alike, *columns]
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - names of our own
        f"VALUES ({', '.join('?' * len(names))})",
        [(*same, *row) for row in rows],
    )


@lru_cache(maxsize=8)
def _unnesting(table: Table, alike: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    """One statement, with one parameter a column."""
    same = [bindparam(name, type_=table.c[name].type) for name in alike]
    every = [func.unnest(bindparam(name, type_=ARRAY(table.c[name].type))) for name in columns]
    return insert(table).from_select([*alike, *columns], select(*same, *every))
