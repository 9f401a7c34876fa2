"""Telephone numbers of which nobody knows whether they were bought, or released, in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs
from sqlalchemy import ColumnElement, and_, select

from adapters.schema.phone_numbers import phone_numbers
from adapters.sql.database import EVERYBODY, Database
from application.calls.desk_number_ports import NumberOrders
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DeskNumberId, OrganizationId

A_WHILE = timedelta(minutes=1)
"""Until then whoever asked may still be told."""


@attrs.frozen
class SqlNumberOrders(NumberOrders):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = select(phone_numbers.c.organization_id).where(_open(now)).distinct()
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )

    async def open(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[DeskNumberId]:
        question = (
            select(phone_numbers.c.id)
            .where(phone_numbers.c.organization_id == actor.organization_id, _open(now))
            .order_by(phone_numbers.c.ordered_at, phone_numbers.c.id)
            .limit(limit)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(),
            of=actor.organization_id,
        )


def _open(now: datetime) -> ColumnElement[bool]:
    ordered = phone_numbers.c.ordered.is_not(None)
    return and_(ordered, phone_numbers.c.ordered_at <= now - A_WHILE)
