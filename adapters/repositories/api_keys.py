"""API keys in SQL, and the version of what anybody may do."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.mapping.api_keys import KEYS, api_key_of
from adapters.schema.identity import access_versions, api_keys
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.identity.ports import Access, ApiKeys
from domain.identity.api_keys import ApiKey, ApiKeyNotFound
from domain.kernel.identifiers import ApiKeyId

MINUTE = timedelta(minutes=1)


@attrs.frozen
class SqlAccess(Access):
    scope: Scope

    def changed(self) -> None:
        organization = {"organization_id": self.scope.organization_id, "version": 1}
        self.scope.execute(_next_version(self.scope.connection.dialect.name), organization)


@lru_cache
def _next_version(dialect: str) -> Any:
    insert: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(access_versions)
    return insert.on_conflict_do_update(
        index_elements=["organization_id"], set_={"version": access_versions.c.version + 1}
    )


@attrs.frozen
class SqlApiKeys(ApiKeys):
    scope: Scope

    def save(self, api_key: ApiKey) -> ApiKey:
        version = store(
            self.scope,
            api_keys,
            api_key.id,
            api_key.version,
            name=api_key.name,
            hint=api_key.hint,
            digest=api_key.digest,
            scopes=sorted(scope.value for scope in api_key.scopes),
            created_at=api_key.created_at,
            expires_at=api_key.expires_at,
            revoked_at=api_key.revoked_at,
            former_digest=api_key.former_digest,
            former_until=api_key.former_until,
        )
        return attrs.evolve(api_key, version=version)

    def get(self, api_key_id: ApiKeyId) -> ApiKey:
        found = self.scope.ask(KEYS.where(self.scope.owns(api_keys), api_keys.c.id == api_key_id))
        row = found.one_or_none()
        if row is None:
            raise ApiKeyNotFound(api_key_id)
        return api_key_of(row)

    def in_use(self, *, now: datetime) -> int:
        expires = api_keys.c.expires_at
        found = self.scope.ask(
            select(func.count()).where(
                self.scope.owns(api_keys),
                api_keys.c.revoked_at.is_(None),
                or_(expires.is_(None), expires > now),
            )
        )
        return int(found.scalar_one())

    def used(self, api_key_id: ApiKeyId, at: datetime) -> None:
        before = api_keys.c.last_used_at
        self.scope.execute(
            update(api_keys)
            .where(
                self.scope.owns(api_keys),
                api_keys.c.id == api_key_id,
                or_(before.is_(None), before <= at - MINUTE),
            )
            .values(last_used_at=at)
        )
