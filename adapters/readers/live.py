"""What those who watch are shown, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Select, and_, func, select

from adapters.mapping.intents import intent_of
from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims, pools, resources, stock_of
from adapters.schema.realtime import intents
from adapters.sql.database import EVERYBODY, Database
from application.inventory.live_ports import ExpiredIntents, LiveViews
from application.inventory.views import Availability, FewOf
from domain.inventory.intents import Intent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, ResourceId


@attrs.frozen
class SqlLiveViews(LiveViews):
    database: Database
    few_of: FewOf

    async def stocks(
        self, actor: Actor, resource_ids: Sequence[ResourceId]
    ) -> Mapping[ResourceId, ResourceId]:
        stock = stock_of(resources).label("stock_id")
        question = select(resources.c.id, stock).where(
            resources.c.organization_id == actor.organization_id,
            resources.c.id.in_(resource_ids),
        )

        def ask(connection: Connection) -> Mapping[ResourceId, ResourceId]:
            return {row.id: row.stock_id for row in connection.execute(question)}

        return await self.database.read(ask, of=actor.organization_id)

    async def pools(
        self, actor: Actor, stock_ids: Sequence[ResourceId], *, since: date
    ) -> Mapping[ResourceId, Sequence[Availability]]:
        question, few = _pools_of(actor, stock_ids, since), await self.few_of(actor)

        def ask(connection: Connection) -> Mapping[ResourceId, Sequence[Availability]]:
            found: dict[ResourceId, list[Availability]] = {id: [] for id in stock_ids}
            for row in connection.execute(question):
                found[row.resource_id].append(
                    Availability(
                        pool_id=row.id,
                        day=row.day,
                        capacity=row.capacity,
                        free=0 if row.closed else row.capacity + row.allowance - row.taken,
                        closed=row.closed,
                        next_release_at=row.next_release_at,
                        low_at=row.low_at,
                        few=few,
                    )
                )
            return found

        return await self.database.read(ask, of=actor.organization_id)

    async def intents(
        self, actor: Actor, stock_ids: Sequence[ResourceId], *, now: datetime
    ) -> Sequence[Intent]:
        question = (
            select(intents)
            .where(
                intents.c.organization_id == actor.organization_id,
                intents.c.stock_id.in_(stock_ids),
                intents.c.expires_at > now,
            )
            .order_by(intents.c.expires_at, intents.c.id)
        )

        def ask(connection: Connection) -> Sequence[Intent]:
            return [intent_of(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlExpiredIntents(ExpiredIntents):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = select(intents.c.organization_id).where(intents.c.expires_at <= now).distinct()
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


def _pools_of(actor: Actor, stock_ids: Sequence[ResourceId], since: date) -> Select[Any]:
    held = and_(
        bookings.c.organization_id == claims.c.organization_id,
        bookings.c.id == claims.c.hold_id,
        bookings.c.state == "held",
    )
    next_release_at = (
        select(func.min(bookings.c.expires_at))
        .select_from(claims.join(bookings, held))
        .where(claims.c.organization_id == pools.c.organization_id, claims.c.pool_id == pools.c.id)
        .scalar_subquery()
    )
    sold_as = and_(
        resources.c.organization_id == pools.c.organization_id,
        resources.c.id == pools.c.resource_id,
    )
    return (
        select(pools, resources.c.low_at, next_release_at.label("next_release_at"))
        .select_from(pools.join(resources, sold_as))
        .where(
            pools.c.organization_id == actor.organization_id,
            pools.c.resource_id.in_(stock_ids),
            pools.c.day >= since,
        )
        .order_by(pools.c.resource_id, pools.c.day, pools.c.id)
    )
