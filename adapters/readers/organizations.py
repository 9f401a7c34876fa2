"""Organization views in SQL."""

import attrs
from sqlalchemy import ColumnElement, Connection, select

from adapters.mapping.organizations import organization_of
from adapters.schema.identity import organizations
from adapters.sql.database import Database
from application.identity.ports import OrganizationViews
from domain.identity.organizations import Organization, OrganizationNotFound
from domain.kernel.actors import Actor


@attrs.frozen
class SqlOrganizationViews(OrganizationViews):
    database: Database

    async def organization(self, actor: Actor) -> Organization:
        return await self._one(organizations.c.organization_id == actor.organization_id)

    async def called(self, slug: str) -> Organization:
        return await self._one(organizations.c.slug == slug)

    async def _one(self, which: ColumnElement[bool]) -> Organization:
        question = select(organizations).where(which)

        def ask(connection: Connection) -> Organization:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise OrganizationNotFound
            return organization_of(row)

        return await self.database.read(ask)
