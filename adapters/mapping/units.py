"""Units, from their rows."""

from typing import Any

from sqlalchemy import Row

from domain.inventory.units import Unit


def unit_of(row: Row[Any]) -> Unit:
    return Unit(
        id=row.id,
        resource_id=row.resource_id,
        label=row.label,
        retired=row.retired,
        version=row.version,
    )
