"""The calendar, in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Row, Select, and_, func, select

from adapters.schema.inventory import pools, resources, stock_of
from adapters.sql.database import Database
from application.inventory.calendar_views import CalendarEntry, CalendarViews
from domain.inventory.resources import ResourceState
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

STOCK = stock_of(resources)


@attrs.frozen
class SqlCalendarViews(CalendarViews):
    database: Database

    async def calendar(
        self, actor: Actor, *, period: Period, kind: str | None, limit: int
    ) -> Sequence[CalendarEntry]:
        question = _entries(actor, period).limit(limit)
        if kind is not None:
            question = question.where(resources.c.kind == kind)
        return await self.database.read(
            lambda connection: [_entry(row) for row in connection.execute(question)],
            of=actor.organization_id,
        )


def _entries(actor: Actor, period: Period) -> Select[Any]:
    theirs = and_(
        pools.c.organization_id == resources.c.organization_id, pools.c.resource_id == STOCK
    )
    shown = (
        resources.c.id,
        resources.c.kind,
        resources.c.name,
        resources.c.state,
        resources.c.zone,
        resources.c.starts_at,
        resources.c.ends_at,
    )
    return (
        select(
            *shown,
            func.coalesce(func.sum(pools.c.capacity), 0).label("units"),
            func.coalesce(func.sum(pools.c.taken), 0).label("taken"),
        )
        .select_from(resources.outerjoin(pools, theirs))
        .where(
            resources.c.organization_id == actor.organization_id,
            resources.c.starts_at >= period.starts_at,
            resources.c.starts_at < period.ends_at,
            resources.c.deleted_at.is_(None),
        )
        .group_by(*shown)
        .order_by(resources.c.starts_at, resources.c.id)
    )


def _entry(row: Row[Any]) -> CalendarEntry:
    return CalendarEntry(
        resource_id=row.id,
        kind=row.kind,
        name=row.name,
        state=ResourceState(row.state),
        zone=row.zone,
        period=Period(row.starts_at, row.ends_at),
        units=int(row.units),
        taken=int(row.taken),
    )
