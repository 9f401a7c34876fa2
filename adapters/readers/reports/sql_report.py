"""A report of the rows of a table, by keyset, whoever writes to it meanwhile."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Select, Table, bindparam, select

from adapters.sql.database import Database
from adapters.sql.keysets import page_of
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
        asked = self._asked(actor, question)
        width = len(self.shown)
        found = await self.database.read(
            lambda connection: page_of(
                connection,
                asked,
                self._order,
                Slice(limit=limit, after=after),
                lambda row: row[:width],
            ),
            of=actor.organization_id,
        )
        return RowPage(rows=found.items, next=found.next)

    @property
    def _order(self) -> Sequence[ColumnElement[Any]]:
        return (self.moment, *self.keys)

    def _asked(self, actor: Actor, question: ReportQuestion) -> Select[Any]:
        cells = [one.cell.label(f"cell_{one.name}") for one in self.shown]
        asked = select(*cells, *self._order).select_from(self.table)
        for table, condition in self.joins:
            ours = table.c.organization_id == self.table.c.organization_id
            asked = asked.outerjoin(table, ours & condition)
        return asked.where(
            self.table.c.organization_id == actor.organization_id,
            self.moment >= question.period.starts_at,
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
