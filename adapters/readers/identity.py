"""Identity views in SQL: the questions that come before it is known who asks."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.api_keys import ITS_ORGANIZATION, api_key_of
from adapters.mapping.organizations import organization_of
from adapters.schema.identity import api_keys, organizations
from adapters.sql.database import EVERYBODY, Database
from application.identity.ports import IdentityViews
from domain.identity.api_keys import ApiKey
from domain.identity.organizations import Organization

KEYS = select(api_keys, organizations.c.status).join_from(
    api_keys, organizations, ITS_ORGANIZATION
)
LATEST = api_keys.c.created_at.desc()


@attrs.frozen
class SqlIdentityViews(IdentityViews):
    database: Database

    async def key_with(self, digest: bytes) -> ApiKey | None:
        question = KEYS.where(api_keys.c.digest == digest).order_by(LATEST)

        def ask(connection: Connection) -> ApiKey | None:
            row = connection.execute(question).first()
            return api_key_of(row) if row else None

        return await self.database.read(ask, of=EVERYBODY)

    async def organizations(self) -> Sequence[Organization]:
        question = select(organizations).order_by(organizations.c.slug)

        def ask(connection: Connection) -> Sequence[Organization]:
            return [organization_of(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=EVERYBODY)

    async def api_keys(self) -> Sequence[ApiKey]:
        question = KEYS.order_by(LATEST)

        def ask(connection: Connection) -> Sequence[ApiKey]:
            return [api_key_of(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=EVERYBODY)
