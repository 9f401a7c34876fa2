"""What a unit of work is about to change: new rows, and changes that hold only if a guard does.

They are collected and sent together, because a round trip costs more than a row. On PostgreSQL
new rows travel as one `WITH … INSERT`, and where they follow from a single guard, guard and rows
are one statement, which needs no transaction around it: the rows are written if and only if the
guard held. SQLite has no trip to save and no data-modifying CTEs, so there each has its own.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    Connection,
    Executable,
    Insert,
    Integer,
    Table,
    Update,
    bindparam,
    func,
    insert,
    select,
)

Row = Mapping[str, Any]
Write = Update | Insert
Shape = tuple[tuple[Table, tuple[str, ...]], ...]

LARGEST_STATEMENT = 32


@attrs.frozen(kw_only=True)
class Guard:
    """A statement that writes exactly `rows` rows and returns each of them, or writes none.

    `update` is built once and shared, so it can serve as a key. Where it writes none, `otherwise`
    are tried in turn; `failed` says why none of them held, by raising.
    """

    update: Write
    parameters: Row
    rows: int
    failed: Callable[[], None]
    otherwise: tuple[Write, ...] = ()

    def hold(self, written: Callable[[Write], int]) -> None:
        """`written` says how many rows a statement has written."""
        tries = (self.update, *self.otherwise)
        if not any(written(statement) == self.rows for statement in tries):
            self.failed()


@attrs.define
class Changes:
    guards: list[Guard] = attrs.field(factory=list)
    rows: list[tuple[Table, Row]] = attrs.field(factory=list)

    def __bool__(self) -> bool:
        return bool(self.guards or self.rows)

    def fit_one_statement(self, connection: Connection) -> bool:
        """Whether they can be sent so that all of them happen or none, without a transaction."""
        return (
            connection.dialect.name == "postgresql"
            and len(self.guards) <= 1
            and _fit_together(self.rows)
        )

    def forget(self) -> None:
        self.guards, self.rows = [], []

    def send(self, connection: Connection) -> None:
        """All of them; raises what a guard says. Within a transaction, unless they fit."""
        guards, rows, together = self.guards, self.rows, self.fit_one_statement(connection)
        self.forget()
        if together and guards and rows:
            _send_guarded(connection, guards[0], rows)
            return
        for guard in guards:
            _send_guard(connection, guard)
        _send_rows(connection, rows)


def _fit_together(rows: Sequence[tuple[Table, Row]]) -> bool:
    """Not rows that are numbered as they are written: the parts of a WITH run in any order."""
    if len(rows) > LARGEST_STATEMENT:
        return False
    numbered = [table for table, _ in rows if any(column.default for column in table.c)]
    return len(numbered) == len(set(numbered))


def _send_guard(connection: Connection, guard: Guard) -> None:
    def written(statement: Write) -> int:
        return len(connection.execute(statement, guard.parameters).all())

    guard.hold(written)


def _send_guarded(connection: Connection, guard: Guard, rows: Sequence[tuple[Table, Row]]) -> None:
    shape = _shape(rows)
    parameters = {**guard.parameters, **_parameters(rows), "p_rows": guard.rows}

    def written(statement: Write) -> int:
        number: int = connection.execute(_guarded(statement, shape), parameters).scalar_one()
        return number

    guard.hold(written)


def _send_rows(connection: Connection, rows: Sequence[tuple[Table, Row]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql" and _fit_together(rows):
        connection.execute(_together(_shape(rows)), _parameters(rows))
        return
    by_table: dict[Table, list[Row]] = {}
    for table, row in rows:
        by_table.setdefault(table, []).append(row)
    for table, its_rows in by_table.items():
        connection.execute(_plain(table), its_rows)


@lru_cache(maxsize=256)
def _guarded(update: Write, shape: Shape) -> Executable:
    changed = update.cte("changed")
    number_changed = select(func.count()).select_from(changed).scalar_subquery()
    held = number_changed == bindparam("p_rows", type_=Integer())
    inserts = [
        insert(table).from_select(
            list(columns), select(*_values(number, table, columns)).where(held)
        )
        for number, (table, columns) in enumerate(shape)
    ]
    return (
        select(func.count())
        .select_from(changed)
        .add_cte(*(each.cte(f"row{number}") for number, each in enumerate(inserts)))
    )


@lru_cache(maxsize=256)
def _together(shape: Shape) -> Executable:
    inserts = [
        insert(table).values(dict(zip(columns, _values(number, table, columns), strict=True)))
        for number, (table, columns) in enumerate(shape)
    ]
    *others, last = inserts
    return last.add_cte(*(other.cte(f"row{number}") for number, other in enumerate(others)))


@lru_cache(maxsize=64)
def _plain(table: Table) -> Insert:
    return insert(table)


def _shape(rows: Sequence[tuple[Table, Row]]) -> Shape:
    return tuple((table, tuple(row)) for table, row in rows)


def _values(number: int, table: Table, columns: Sequence[str]) -> list[Any]:
    # Prefixed, because SQLAlchemy takes a parameter named like a column for its new value.
    return [bindparam(f"p{number}_{column}", type_=table.c[column].type) for column in columns]


def _parameters(rows: Sequence[tuple[Table, Row]]) -> dict[str, Any]:
    return {
        f"p{number}_{column}": value
        for number, (_, row) in enumerate(rows)
        for column, value in row.items()
    }
