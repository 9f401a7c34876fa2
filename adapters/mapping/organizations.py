"""Organizations, from their rows."""

from typing import Any

from sqlalchemy import Row

from domain.identity.organizations import Organization, OrganizationStatus
from domain.identity.tiers import Tier


def organization_of(row: Row[Any]) -> Organization:
    return Organization(
        id=row.organization_id,
        slug=row.slug,
        name=row.name,
        created_at=row.created_at,
        status=OrganizationStatus(row.status),
        tier=Tier(row.tier),
        metadata=row.metadata or {},
        version=row.version,
        wanted_slug=row.wanted_slug,
    )
