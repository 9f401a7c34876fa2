"""Organization views in SQL."""

from datetime import datetime

import attrs
from sqlalchemy import ColumnElement, Connection, select

from adapters.mapping.organizations import organization_of
from adapters.mapping.usage import counted, counting, usage_of
from adapters.schema.identity import organizations
from adapters.sql.database import EVERYBODY, Database
from application.identity.ports import OrganizationViews
from domain.identity.organizations import Organization, OrganizationNotFound
from domain.identity.usage import Usage
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlOrganizationViews(OrganizationViews):
    database: Database

    async def organization(self, actor: Actor) -> Organization:
        ours = organizations.c.organization_id == actor.organization_id
        return await self._one(ours, of=actor.organization_id)

    async def usage(self, actor: Actor, *, now: datetime) -> Usage:
        asked = counted(actor.organization_id, now)

        def ask(connection: Connection) -> Usage:
            return usage_of(connection.execute(counting(), asked).one())

        return await self.database.read(ask, of=actor.organization_id)

    async def called(self, slug: str) -> Organization:
        return await self._one(organizations.c.slug == slug, of=EVERYBODY)

    async def _one(self, which: ColumnElement[bool], *, of: OrganizationId) -> Organization:
        question = select(organizations).where(which)

        def ask(connection: Connection) -> Organization:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise OrganizationNotFound
            return organization_of(row)

        return await self.database.read(ask, of=of)
