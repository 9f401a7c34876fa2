"""What figures about calls are read from, built anew from the event log, in SQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Table,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
)

from adapters.mapping.call_measures import measures
from adapters.mapping.counted_calls import AXES, HOUR
from adapters.mapping.grouped_calls import groups_summed_anew
from adapters.repositories.call_figures import SqlCallFigures
from adapters.schema.call_figures import (
    call_figures,
    call_group_days,
    call_hours,
    call_quarters,
)
from adapters.schema.calls import calls
from adapters.schema.events import event_log, receipts
from adapters.sql.database import Database, already_begun
from adapters.sql.scope import Scope
from application.analytics.count_calls import CHANGING, CountCalls
from application.analytics.rebuilding import Rebuilding
from application.kernel.ports import NewId
from domain.analytics.call_totals import COUNTED
from domain.calls.events import CallEvent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

TOLD_OF_CALLS = sorted(event.name for event in CHANGING if issubclass(event, CallEvent))
PAGE = 500


@attrs.frozen(kw_only=True)
class SqlRebuilding(Rebuilding):
    """Page by page, and in each transaction alone with its organization's figures: whoever hears
    events holds the same row."""

    database: Database
    new_id: NewId

    async def __call__(self, organization_id: OrganizationId, /) -> int:
        done, after = 0, UUID(int=0)
        while page := await self._page(organization_id, after):
            done, after = done + len(page), page[-1]
        await self.database.write(
            lambda connection: _sum_up(self._scope(connection, organization_id)),
            of=organization_id,
        )
        return done

    async def _page(self, organization_id: OrganizationId, after: UUID) -> Sequence[UUID]:
        def count(connection: Connection) -> Sequence[UUID]:
            scope = self._scope(connection, organization_id)
            _be_alone(scope)
            page = scope.execute(
                select(event_log.c.subject)
                .where(
                    scope.owns(event_log),
                    event_log.c.subject > after,
                    event_log.c.name.in_(TOLD_OF_CALLS),
                )
                .distinct()
                .order_by(event_log.c.subject)
                .limit(PAGE)
            )
            call_ids = page.scalars().all()
            SqlCallFigures(scope).count(call_ids)
            return call_ids

        return await self.database.write(count, of=organization_id)

    def _scope(self, connection: Connection, organization_id: OrganizationId) -> Scope:
        return Scope(connection, Actor.system(organization_id), self.new_id, already_begun)


def _be_alone(scope: Scope) -> None:
    ours = (scope.owns(receipts), receipts.c.subscriber == CountCalls.name)
    scope.execute(select(receipts.c.position).where(*ours).with_for_update())


def _sum_up(scope: Scope) -> None:
    """What was counted of calls that are not there, and whatever sums have become of mistakes, is
    gone after this."""
    _be_alone(scope)
    there = exists().where(
        calls.c.organization_id == call_figures.c.organization_id,
        calls.c.id == call_figures.c.id,
        calls.c.deleted_at.is_(None),
    )
    scope.execute(delete(call_figures).where(scope.owns(call_figures), ~there))
    for table in (call_group_days, call_hours, call_quarters):
        scope.execute(delete(table).where(scope.owns(table)))
    add_up(scope)


def add_up(scope: Scope) -> None:
    """Where there are no sums."""
    for axis in AXES:
        _add(scope, call_quarters, _quarters(scope, axis))
    _add(scope, call_hours, _hours(scope))
    for summed in groups_summed_anew():
        _add(scope, call_group_days, summed.question.where(scope.owns(summed.over)))


def _add(scope: Scope, table: Table, summed: Select[Any]) -> None:
    scope.execute(insert(table).from_select([column.name for column in table.columns], summed))


def _quarters(scope: Scope, axis: str) -> Select[Any]:
    """In order, so that sums of one time lie together."""
    quarter = call_figures.c[f"{axis}_quarter"]
    return (
        select(call_figures.c.organization_id, literal(axis), quarter, *measures().values())
        .where(scope.owns(call_figures), quarter.is_not(None))
        .group_by(call_figures.c.organization_id, quarter)
        .order_by(quarter)
    )


def _hours(scope: Scope) -> Select[Any]:
    whose, axis = call_quarters.c.organization_id, call_quarters.c.axis
    hour = call_quarters.c.quarter // literal_column(str(HOUR), Integer)
    sums = (func.sum(call_quarters.c[name]) for name in COUNTED)
    return (
        select(whose, axis, hour, *sums)
        .where(scope.owns(call_quarters))
        .group_by(whose, axis, hour)
        .order_by(axis, hour)
    )
