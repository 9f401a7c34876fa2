"""Instalments that are not paid, and whose are to be looked at, in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import select

from adapters.mapping.instalments import instalment_of
from adapters.schema.instalments import instalments
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from application.bookings.instalment_ports import InstalmentFilter, InstalmentViews
from application.kernel.pages import Page, Slice
from domain.bookings.missed_instalments import WatchedInstalment
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlInstalmentViews(InstalmentViews):
    database: Database

    async def instalments(
        self, actor: Actor, *, filter: InstalmentFilter, slice: Slice
    ) -> Page[WatchedInstalment]:
        question = select(instalments).where(
            instalments.c.organization_id == actor.organization_id
        )
        if filter.stage is not None:
            question = question.where(instalments.c.stage == filter.stage.value)
        keys = (instalments.c.due_at, instalments.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, instalment_of),
            of=actor.organization_id,
        )


@attrs.frozen
class SqlDueInstalments:
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(instalments.c.organization_id).where(instalments.c.next_at <= now).distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
