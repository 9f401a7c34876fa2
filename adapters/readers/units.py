"""Unit views in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Row, and_, select

from adapters.mapping.units import unit_of
from adapters.schema.units import inventory_units, unit_claims
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.inventory.unit_views import ClaimedUnit, UnitViews
from application.kernel.pages import Page, Slice
from domain.inventory.units import Minutes, Unit, UnitNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import HoldId, ResourceId, UnitId


@attrs.frozen
class SqlUnitViews(UnitViews):
    database: Database

    async def unit(self, actor: Actor, unit_id: UnitId) -> Unit:
        question = select(inventory_units).where(
            inventory_units.c.organization_id == actor.organization_id,
            inventory_units.c.id == unit_id,
        )

        def ask(connection: Connection) -> Unit:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise UnitNotFound(unit_id)
            return unit_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def units(self, actor: Actor, resource_id: ResourceId, *, slice: Slice) -> Page[Unit]:
        question = select(inventory_units).where(
            inventory_units.c.organization_id == actor.organization_id,
            inventory_units.c.resource_id == resource_id,
        )
        keys = (inventory_units.c.label, inventory_units.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, unit_of),
            of=actor.organization_id,
        )

    async def claimed(self, actor: Actor, hold_id: HoldId) -> Sequence[ClaimedUnit]:
        theirs = and_(
            unit_claims.c.organization_id == inventory_units.c.organization_id,
            unit_claims.c.unit_id == inventory_units.c.id,
        )
        question = (
            select(inventory_units.c.label, unit_claims)
            .join(unit_claims, theirs)
            .where(
                inventory_units.c.organization_id == actor.organization_id,
                unit_claims.c.hold_id == hold_id,
            )
            .order_by(inventory_units.c.label, inventory_units.c.id)
        )
        return await self.database.read(
            lambda connection: [_claimed(row) for row in connection.execute(question)],
            of=actor.organization_id,
        )


def _claimed(row: Row[Any]) -> ClaimedUnit:
    period = Minutes(row.first_minute, row.until_minute).period
    return ClaimedUnit(
        unit_id=row.unit_id,
        label=row.label,
        starts_at=period.starts_at,
        ends_at=period.ends_at,
    )
