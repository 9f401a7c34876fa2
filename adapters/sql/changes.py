"""What a unit of work is about to change: new rows, and changes that hold only if a guard does.

They are collected and sent together, because a round trip costs more than a row. On PostgreSQL
new rows travel as one `WITH … INSERT`, and where they follow from a single guard, guard and rows
are one statement, which needs no transaction around it: the rows are written if and only if the
guard held. SQLite has no trip to save and no data-modifying CTEs, so there each has its own.

The parts of a WITH run in any order, so the rows of one table are one part of it, and in it they
are written in the order that they are given in.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    Connection,
    Executable,
    Insert,
    Integer,
    Select,
    Table,
    Update,
    bindparam,
    func,
    insert,
    select,
    union_all,
)

from adapters.sql.batches import Batch, Row, batches
from application.kernel.ports import Stale

Write = Update | Insert
Shape = tuple[tuple[Table, tuple[str, ...], int], ...]

LARGEST_STATEMENT = 32


@attrs.frozen(kw_only=True)
class Guard:
    """A statement that writes exactly `rows` rows and returns each of them, or writes none.

    `update` is built once and shared, so it can serve as a key. Where it writes none, `failed`
    says why, by raising; if it does not, `otherwise` are tried in turn, as long as there are any.
    """

    update: Write
    parameters: Row
    rows: int
    failed: Callable[[], None]
    otherwise: tuple[Write, ...] = ()

    def hold(self, written: Callable[[Write], int]) -> None:
        """`written` says how many rows a statement has written."""
        for statement in (self.update, *self.otherwise):
            if written(statement) == self.rows:
                return
            self.failed()
        raise Stale("others were faster each time")


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
            and _fit_together(batches(self.rows))
        )

    def forget(self) -> None:
        self.guards, self.rows = [], []

    def send_in_bulk(self, connection: Connection) -> None:
        """New rows, table by table. Within a transaction."""
        rows, self.rows = self.rows, []
        for batch in batches(rows):
            connection.execute(_plain(batch.table), batch.rows)

    def send(self, connection: Connection) -> None:
        """All of them; raises what a guard says. Within a transaction, unless they fit."""
        guards, sent = self.guards, batches(self.rows)
        self.forget()
        together = connection.dialect.name == "postgresql" and _fit_together(sent)
        if together and sent and len(guards) == 1:
            _send_guarded(connection, guards[0], sent)
            return
        for guard in guards:
            _send_guard(connection, guard)
        if together and sent:
            shape = _shape(sent)
            connection.execute(_together(shape), _parameters(shape, sent))
            return
        for batch in sent:
            connection.execute(_plain(batch.table), batch.rows)


def _fit_together(sent: Sequence[Batch]) -> bool:
    """Not rows of one table in two batches: which of them is written first matters."""
    tables = {batch.table for batch in sent}
    rows = sum(len(batch.rows) for batch in sent)
    return rows <= LARGEST_STATEMENT and len(tables) == len(sent)


def _send_guard(connection: Connection, guard: Guard) -> None:
    def written(statement: Write) -> int:
        return len(connection.execute(statement, guard.parameters).all())

    guard.hold(written)


def _send_guarded(connection: Connection, guard: Guard, sent: Sequence[Batch]) -> None:
    shape = _shape(sent)
    parameters = {**guard.parameters, **_parameters(shape, sent), "p_rows": guard.rows}

    def written(statement: Write) -> int:
        number: int = connection.execute(_guarded(statement, shape), parameters).scalar_one()
        return number

    guard.hold(written)


@lru_cache(maxsize=256)
def _guarded(update: Write, shape: Shape) -> Executable:
    changed = update.cte("changed")
    number_changed = select(func.count()).select_from(changed).scalar_subquery()
    held = number_changed == bindparam("p_rows", type_=Integer())
    inserts = [
        insert(table).from_select(list(columns), new.where(held))
        for (table, columns, _), new in zip(shape, _new_rows(shape), strict=True)
    ]
    return (
        select(func.count())
        .select_from(changed)
        .add_cte(*(each.cte(f"of{place}") for place, each in enumerate(inserts)))
    )


@lru_cache(maxsize=256)
def _together(shape: Shape) -> Executable:
    inserts = [
        insert(table).from_select(list(columns), new)
        for (table, columns, _), new in zip(shape, _new_rows(shape), strict=True)
    ]
    *others, last = inserts
    return last.add_cte(*(other.cte(f"of{place}") for place, other in enumerate(others)))


@lru_cache(maxsize=64)
def _plain(table: Table) -> Insert:
    return insert(table)


def _shape(sent: Sequence[Batch]) -> Shape:
    return tuple((batch.table, batch.columns, len(batch.rows)) for batch in sent)


def _new_rows(shape: Shape) -> Sequence[Select[Any]]:
    return [_rows(place, *part) for place, part in enumerate(shape)]


def _rows(place: int, table: Table, columns: Sequence[str], number: int) -> Select[Any]:
    each = [select(*_values(place, row, table, columns)) for row in range(number)]
    return each[0] if number == 1 else select(union_all(*each).subquery(f"rows{place}"))


def _values(place: int, row: int, table: Table, columns: Sequence[str]) -> list[Any]:
    # Prefixed, because SQLAlchemy takes a parameter named like a column for its new value.
    return [
        bindparam(_name(place, row, column), type_=table.c[column].type).label(column)
        for column in columns
    ]


def _parameters(shape: Shape, sent: Sequence[Batch]) -> dict[str, Any]:
    values = (value for batch in sent for row in batch.rows for value in row.values())
    return dict(zip(_names(shape), values, strict=True))


@lru_cache(maxsize=256)
def _names(shape: Shape) -> Sequence[str]:
    return [
        _name(place, row, column)
        for place, (_, columns, rows) in enumerate(shape)
        for row in range(rows)
        for column in columns
    ]


def _name(place: int, row: int, column: str) -> str:
    return f"p{place}_{row}_{column}"
