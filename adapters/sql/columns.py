"""Very many small rows of a table that differ in few columns, as cheap as the database has them.

What SQLAlchemy does for each parameter of each row costs more than writing these.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    Connection,
    Dialect,
    Executable,
    Table,
    bindparam,
    func,
    insert,
    select,
)


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
    dialect = connection.dialect
    same = [_as_kept(dialect, table.c[name])(value) for name, value in alike.items()]
    each = [map(_as_kept(dialect, table.c[name]), values) for name, values in columns.items()]
    names = [*alike, *columns]
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - names of our own
        f"VALUES ({', '.join('?' * len(names))})",
        list(zip(*map(repeat, same), *each, strict=False)),
    )


@lru_cache(maxsize=64)
def _as_kept(dialect: Dialect, column: Column[Any]) -> Callable[[Any], Any]:
    """What the driver is given for a value of the column."""
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(
        dialect
    )
    return processor or _as_it_is


def _as_it_is(value: object) -> object:
    return value


@lru_cache(maxsize=8)
def _unnesting(table: Table, alike: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    """One statement, with one parameter a column."""
    same = [bindparam(name, type_=table.c[name].type) for name in alike]
    every = [
        func.unnest(bindparam(name, type_=ARRAY(table.c[name].type, dimensions=1)))
        for name in columns
    ]
    return insert(table).from_select([*alike, *columns], select(*same, *every))
