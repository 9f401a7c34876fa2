"""Resources, from their rows."""

from typing import Any

from sqlalchemy import Row

from adapters.mapping.kinds import converter
from domain.inventory.resources import Resource, ResourceState
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone


def resource_of(row: Row[Any]) -> Resource:
    return Resource(
        id=row.id,
        name=row.name,
        zone=Zone(row.zone),
        offering=converter.structure(row.offering, Offering),  # type: ignore[type-abstract]
        stock_id=row.stock_id,
        state=ResourceState(row.state),
        deleted_at=row.deleted_at,
        description=row.description,
        category=row.category,
        keywords=tuple(row.keywords),
        low_at=row.low_at,
        cancelled_at=row.cancelled_at,
        version=row.version,
    )
