"""Take offerings from elsewhere into the catalogue, many at a time."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.inventory.ports import InventoryWork
from application.kernel.rows import Row, RowRefused
from domain.inventory.resources import Resource
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone


@attrs.frozen(kw_only=True)
class OfferingRow:
    """Its id follows from the name it has elsewhere, so that it is the same every time."""

    id: ResourceId
    name: str
    zone: Zone
    offering: Offering


def import_offerings(
    work: InventoryWork, rows: Sequence[Row], /, *, now: datetime
) -> Sequence[RowRefused]:
    """Takes what is not there yet; one question, whatever the number of rows."""
    known = set(work.resources.known([row.value.id for row in rows]))
    refused = []
    for row in rows:
        if row.value.id in known:
            refused.append(_known_already(row))
            continue
        known.add(row.value.id)
        work.resources.save(_resource(row.value, now))
    return refused


def _resource(row: OfferingRow, now: datetime) -> Resource:
    return Resource.add(row.id, name=row.name, zone=row.zone, offering=row.offering, now=now)


def _known_already(row: Row) -> RowRefused:
    detail = f"resource {row.value.id} is there already"
    return RowRefused(line=row.line, code="known_already", field="key", detail=detail)
