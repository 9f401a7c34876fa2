"""Identity views in SQL: the questions that come before it is known who asks."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, LargeBinary, Row, Uuid, bindparam, func, or_, select

from adapters.mapping.api_keys import KEYS, api_key_of
from adapters.mapping.organizations import organization_of
from adapters.schema.identity import access_versions, api_keys, organizations
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from application.identity.ports import ApiKeyUse, AsOf, IdentityViews
from application.kernel.pages import Page, Slice
from domain.identity.api_keys import ApiKey, ApiKeyNotFound
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId, OrganizationId

LATEST = api_keys.c.created_at.desc()


@attrs.frozen
class SqlIdentityViews(IdentityViews):
    database: Database

    async def key_with(self, digest: bytes) -> ApiKey | None:
        found = await self.key_as_of(digest)
        return found.value if found else None

    async def key_as_of(self, digest: bytes) -> AsOf[ApiKey] | None:
        def ask(connection: Connection) -> AsOf[ApiKey] | None:
            row = connection.execute(_key_as_of(), {"p_digest": digest}).first()
            return AsOf(api_key_of(row), row.access_version) if row else None

        return await self.database.read(ask, of=EVERYBODY)

    async def access_version(self, organization_id: OrganizationId) -> int:
        organization = {"p_organization_id": organization_id}

        def ask(connection: Connection) -> int:
            return connection.execute(_access_version(), organization).scalar() or 0

        return await self.database.read(ask, of=organization_id)

    async def api_key(self, actor: Actor, api_key_id: ApiKeyId) -> ApiKey:
        question = KEYS.where(
            api_keys.c.organization_id == actor.organization_id, api_keys.c.id == api_key_id
        )

        def ask(connection: Connection) -> ApiKey:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise ApiKeyNotFound(api_key_id)
            return api_key_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def keys_of(self, actor: Actor, *, slice: Slice) -> Page[ApiKeyUse]:
        question = KEYS.where(api_keys.c.organization_id == actor.organization_id)
        keys = (api_keys.c.created_at, api_keys.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, _use),
            of=actor.organization_id,
        )

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


def _use(row: Row[Any]) -> ApiKeyUse:
    return ApiKeyUse(api_key=api_key_of(row), last_used_at=row.last_used_at)


@lru_cache(maxsize=1)
def _key_as_of() -> Executable:
    digest = bindparam("p_digest", type_=LargeBinary())
    version = func.coalesce(access_versions.c.version, 0).label("access_version")
    return (
        KEYS.add_columns(version)
        .outerjoin(
            access_versions, access_versions.c.organization_id == api_keys.c.organization_id
        )
        .where(or_(api_keys.c.digest == digest, api_keys.c.former_digest == digest))
        .order_by(LATEST)
    )


@lru_cache(maxsize=1)
def _access_version() -> Executable:
    return select(access_versions.c.version).where(
        access_versions.c.organization_id == bindparam("p_organization_id", type_=Uuid())
    )
