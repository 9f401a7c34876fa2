"""A report of the rows of a table, by keyset, whoever writes to it meanwhile."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Dialect, Row, Select, Table, bindparam, select, type_coerce

from adapters.readers.reports.driver_cells import AS_IT_IS, from_driver, meant, processed
from adapters.sql.database import Database
from adapters.sql.keysets import ahead, key_of, values_of
from application.analytics.reports import (
    BadFilter,
    CellKind,
    ChartPlan,
    Column,
    Report,
    ReportQuestion,
    RowPage,
    must_be_known,
)
from application.kernel.pages import Key, Slice
from domain.kernel.actors import Actor, Permission

WORD = re.compile(r"[A-Za-z0-9_]{1,40}")


@attrs.frozen(kw_only=True)
class Shown:
    """A column, and where its cells come from."""

    name: str
    kind: CellKind
    cell: ColumnElement[Any]


@attrs.frozen(kw_only=True)
class SqlReport(Report):
    """Rows of `table` whose `moment` lies in the period, in the order of `moment` and `keys`.

    `joins` are the tables beside it, each with its condition; `only` is what holds for every row.
    """

    database: Database
    name: str
    title: str
    needs: frozenset[Permission]
    table: Table
    moment: ColumnElement[Any]
    keys: Sequence[ColumnElement[Any]]
    shown: Sequence[Shown]
    chosen_by: Mapping[str, ColumnElement[Any]] = attrs.field(factory=dict)
    joins: Sequence[tuple[Table, ColumnElement[bool]]] = ()
    only: Sequence[ColumnElement[bool]] = ()
    chart: ChartPlan | None = None

    @property
    def columns(self) -> Sequence[Column]:
        return [Column.of(one.name, one.kind) for one in self.shown]

    @property
    def filters(self) -> frozenset[str]:
        return frozenset(self.chosen_by)

    async def page(
        self, actor: Actor, question: ReportQuestion, *, after: Key | None, limit: int
    ) -> RowPage:
        must_be_known(question, self.filters)
        began = question.period.starts_at
        if after is not None:
            # Of two places to begin at, SQLite takes the first, and reads on to the second.
            began = max(began, values_of(self._order, after)[0])
        asked = ahead(
            self._asked(actor, question, began), self._order, Slice(limit=limit, after=after)
        )
        return await self.database.read(
            lambda connection: self._page(connection.execute(asked).all(), limit),
            of=actor.organization_id,
        )

    def _page(self, found: Sequence[Row[Any]], limit: int) -> RowPage:
        if not found:
            return RowPage(rows=())
        cells = list(zip(*found[:limit], strict=True))
        shown = [
            meant(column, one.cell, one.kind, self._dialect)
            for one, column in zip(self.shown, cells, strict=False)
        ]
        rows = list(zip(*shown, strict=True))
        return RowPage(rows=rows, next=self._key(cells) if len(found) > limit else None)

    def _key(self, cells: Sequence[Sequence[Any]]) -> Key:
        """Of the last row; behind the cells that are shown there are those of the key."""
        keys = zip(self._order, cells[len(self.shown) :], strict=True)
        return key_of(processed(cell[-1:], key, self._dialect)[0] for key, cell in keys)

    @property
    def _dialect(self) -> Dialect:
        return self.database.engine.dialect

    @property
    def _order(self) -> Sequence[ColumnElement[Any]]:
        return (self.moment, *self.keys)

    def _asked(self, actor: Actor, question: ReportQuestion, began: datetime) -> Select[Any]:
        cells = [
            from_driver(one.cell, one.kind, self._dialect).label(f"cell_{one.name}")
            for one in self.shown
        ]
        keys = [
            type_coerce(key, AS_IT_IS).label(f"key_{number}")
            for number, key in enumerate(self._order)
        ]
        asked = select(*cells, *keys).select_from(self.table)
        for table, condition in self.joins:
            ours = table.c.organization_id == self.table.c.organization_id
            asked = asked.outerjoin(table, ours & condition)
        return asked.where(
            self.table.c.organization_id == actor.organization_id,
            self.moment >= began,
            self.moment < question.period.ends_at,
            *self.only,
            *(
                _is(self.chosen_by[name], name, wanted)
                for name, wanted in question.filters.items()
            ),
        )


def _is(column: ColumnElement[Any], name: str, wanted: str) -> ColumnElement[bool]:
    """Words are said in the statement itself: a plan for any may be a bad one for a rare one."""
    value = _value(column, name, wanted)
    in_words = isinstance(value, str) and WORD.fullmatch(value) is not None
    return column == bindparam(None, value, column.type, literal_execute=in_words)


def _value(column: ColumnElement[Any], name: str, wanted: str) -> Any:
    kind = column.type.python_type
    if kind is UUID:
        try:
            return UUID(wanted)
        except ValueError:
            raise BadFilter(name) from None
    if kind is bool:
        if wanted not in ("true", "false"):
            raise BadFilter(name)
        return wanted == "true"
    return wanted
