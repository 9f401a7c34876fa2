"""How things stand right now, in SQL."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Row, Select, and_, case, func, select

from adapters.readers.booking_figures import counted_in
from adapters.readers.revenue_figures import revenue_in
from adapters.readers.sources_of_revenue import moved_by_offering, summed_until
from adapters.readers.sums_by_offering import of_offerings
from adapters.schema.inventory import pools, resources, stock_of
from adapters.schema.payments import refunds
from adapters.sql.database import Database
from application.analytics.booking_views import BookingQuestion
from application.analytics.standing_views import (
    OfferedThen,
    PendingRefunds,
    StandingFigures,
    Upcoming,
)
from domain.analytics.intervals import Granularity
from domain.analytics.occupancy import DayTotals
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import Period
from domain.payments.refunds import RefundState

PENDING = (RefundState.REQUESTED, RefundState.APPROVED, RefundState.SUBMITTED)
LEFT = pools.c.capacity + pools.c.allowance - pools.c.taken
Rows = dict[tuple[int, ResourceId], list[Row[Any]]]


@attrs.frozen(kw_only=True)
class SqlStandingFigures(StandingFigures):
    database: Database

    async def by_offering(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[OfferedThen]:
        cut = question.cut(granularity)
        booked = of_offerings(actor, question, cut)

        def ask(connection: Connection) -> Sequence[OfferedThen]:
            counted, moved, names = _rows(), _rows(), _names(connection, actor)
            for row in connection.execute(booked.asked):
                if row.bookings:
                    counted[booked.place(row.bucket), row.resource_id].append(row)
            money = moved_by_offering(actor, question, cut, until=summed_until(connection, actor))
            for row in connection.execute(money.asked):
                moved[money.place(row.bucket), row.resource_id].append(row)
            found = [
                OfferedThen(
                    period=cut[place],
                    resource_id=of_one,
                    name=names[of_one],
                    counted=counted_in(counted[place, of_one]),
                    revenue=revenue_in(moved[place, of_one]),
                )
                for place, of_one in {*counted, *moved}
            ]
            return sorted(found, key=lambda one: (one.period.starts_at, one.name, one.resource_id))

        return await self.database.read(ask, of=actor.organization_id)

    async def upcoming(
        self, actor: Actor, *, since: datetime, kind: str | None, limit: int
    ) -> Sequence[Upcoming]:
        asked = _upcoming(actor, since).limit(limit)
        if kind is not None:
            asked = asked.where(resources.c.kind == kind)
        return await self.database.read(
            lambda connection: [_upcoming_of(row) for row in connection.execute(asked)],
            of=actor.organization_id,
        )

    async def pending_refunds(self, actor: Actor) -> Sequence[PendingRefunds]:
        asked = (
            select(
                refunds.c.currency,
                func.count().label("number"),
                func.sum(refunds.c.amount_minor - refunds.c.fee_minor).label("minor"),
                func.min(refunds.c.requested_at).label("oldest_at"),
            )
            .where(
                refunds.c.organization_id == actor.organization_id,
                refunds.c.state.in_([state.value for state in PENDING]),
            )
            .group_by(refunds.c.currency)
            .order_by(refunds.c.currency)
        )
        return await self.database.read(
            lambda connection: [
                PendingRefunds(
                    refunds=int(row.number),
                    amount=Money(int(row.minor), row.currency),
                    oldest_at=row.oldest_at,
                )
                for row in connection.execute(asked)
            ],
            of=actor.organization_id,
        )


def _rows() -> Rows:
    return defaultdict(list)


def _names(connection: Connection, actor: Actor) -> dict[UUID, str]:
    every = select(resources.c.id, resources.c.name).where(
        resources.c.organization_id == actor.organization_id
    )
    return {row.id: row.name for row in connection.execute(every)}


def _upcoming(actor: Actor, since: datetime) -> Select[Any]:
    theirs = and_(
        pools.c.organization_id == resources.c.organization_id,
        pools.c.resource_id == stock_of(resources),
    )
    shown = (
        resources.c.id,
        resources.c.kind,
        resources.c.name,
        resources.c.zone,
        resources.c.starts_at,
        resources.c.ends_at,
    )
    counted = {
        "capacity": pools.c.capacity,
        "allowance": pools.c.allowance,
        "taken": pools.c.taken,
        "free": case((pools.c.closed, 0), else_=LEFT),
        "closed": case((pools.c.closed, LEFT), else_=0),
    }
    sums = [func.coalesce(func.sum(units), 0).label(name) for name, units in counted.items()]
    return (
        select(*shown, *sums)
        .outerjoin_from(resources, pools, theirs)
        .where(
            resources.c.organization_id == actor.organization_id,
            resources.c.starts_at >= since,
            resources.c.deleted_at.is_(None),
            resources.c.state == "published",
        )
        .group_by(*shown)
        .order_by(resources.c.starts_at, resources.c.id)
    )


def _upcoming_of(row: Row[Any]) -> Upcoming:
    names = ("capacity", "allowance", "taken", "free", "closed")
    return Upcoming(
        resource_id=row.id,
        kind=row.kind,
        name=row.name,
        zone=row.zone,
        period=Period(row.starts_at, row.ends_at),
        totals=DayTotals(**{name: int(getattr(row, name)) for name in names}),
    )
