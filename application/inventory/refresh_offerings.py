"""Take offerings from elsewhere into the catalogue, and what is said of them there since."""

from collections.abc import Sequence
from datetime import datetime

from application.inventory.import_offerings import OfferingRow, import_offerings
from application.inventory.ports import InventoryWork
from application.kernel.rows import Row, RowRefused
from domain.inventory.resources import Changes, Resource
from domain.kernel.refusals import Refusal

SETTLED = "when and where it takes place is not changed in bulk: somebody may have booked it"


def refresh_offerings(
    work: InventoryWork, rows: Sequence[Row], /, *, now: datetime
) -> Sequence[RowRefused]:
    """One question about what is there, whatever the number of rows."""
    there = {
        resource.id: resource
        for resource in work.resources.several(sorted({row.value.id for row in rows}))
    }
    refused = []
    for row in rows:
        if row.value.id not in there:
            continue
        try:
            refreshed = _refresh(work, there[row.value.id], row.value, now)
        except Refusal as refusal:
            refused.append(RowRefused.because(row.line, refusal))
            continue
        if not refreshed:
            refused.append(RowRefused(line=row.line, code="settled", field="", detail=SETTLED))
    new = [row for row in rows if row.value.id not in there]
    return [*refused, *(import_offerings(work, new, now=now) if new else ())]


def _refresh(work: InventoryWork, resource: Resource, row: OfferingRow, now: datetime) -> bool:
    """Whether it is as the row says now. Raises ResourceIsDeleted or KindOfResourceFixed."""
    said = Changes(name=row.name, zone=row.zone, offering=row.offering)
    changed = resource.change(said, now=now)
    if changed.settled != resource.settled:
        return False
    if changed is not resource:
        work.resources.save(changed)
    return True
