"""API keys, from their rows."""

from typing import Any

from sqlalchemy import Row

from domain.identity.api_keys import ApiKey
from domain.kernel.actors import Permission


def api_key_of(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        hint=row.hint,
        digest=bytes(row.digest),
        scopes=frozenset(Permission(scope) for scope in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
