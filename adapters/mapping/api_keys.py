"""API keys, from their rows and those of their organizations."""

from typing import Any

from sqlalchemy import Row, select

from adapters.schema.identity import api_keys, organizations
from domain.identity.api_keys import ApiKey
from domain.identity.organizations import OrganizationStatus
from domain.kernel.actors import Permission

ITS_ORGANIZATION = api_keys.c.organization_id == organizations.c.organization_id
KEYS = select(api_keys, organizations.c.status).join_from(
    api_keys, organizations, ITS_ORGANIZATION
)


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
        standing=OrganizationStatus(row.status),
        former_digest=None if row.former_digest is None else bytes(row.former_digest),
        former_until=row.former_until,
        version=row.version,
    )
