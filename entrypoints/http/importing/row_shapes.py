"""What a row may say, by what the rows become."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from application.bookings.import_past_bookings import PastBookingRow
from application.bookings.take_bookings import BookingRow
from application.bookings.take_contacts import ContactRow
from application.documentation.take_documents import DocumentRow
from application.inventory.import_offerings import OfferingRow
from application.inventory.import_openings import OpeningRow
from application.kernel.rows import Row, RowRefused
from domain.bookings.life import BookingState
from domain.kernel.identifiers import OrganizationId, ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import DateRange, Zone
from domain.kernel.refusals import Refusal
from domain.pipelines.imports import ImportTarget
from entrypoints.http.importing.keys import Key, keyed
from entrypoints.http.importing.lines import Line
from entrypoints.http.importing.live_rows import (
    BookingRowInput,
    ContactRowInput,
    DocumentRowInput,
)
from entrypoints.http.importing.past_calls import PastCallRowInput
from entrypoints.http.kinds.registry import OfferingInput, RequestInput
from entrypoints.http.malformed import in_words_of_msgspec, unstorable
from entrypoints.http.shapes import (
    LONGEST_RANGE,
    Capacity,
    Currency,
    Input,
    MinorUnits,
    Moment,
    Name,
    Part,
    ZoneName,
    sensible,
)


class OfferingRowInput(Input, frozen=True):
    key: Key
    name: Name
    zone: ZoneName
    offering: OfferingInput

    def row(self, organization_id: OrganizationId) -> OfferingRow:
        return OfferingRow(
            id=keyed(organization_id, self.key),
            name=self.name,
            zone=Zone(self.zone),
            offering=self.offering.offering(),
        )


class OpeningRowInput(Input, frozen=True, kw_only=True, rename={"first": "from"}):
    """Of a resource that is named by its id, or by the key it was imported with."""

    capacity: Capacity
    resource_id: UUID
    first: date | None = None
    until: date | None = None
    part: Part | None = None
    allowance: Capacity = 0
    closed: bool = False

    def row(self, _organization_id: OrganizationId) -> OpeningRow:
        ends = [day for day in (self.first, self.until) if day is not None]
        return OpeningRow(
            resource_id=ResourceId(self.resource_id),
            dates=DateRange.of_at_most(LONGEST_RANGE, ends[0], ends[-1]) if ends else None,
            part=self.part,
            capacity=self.capacity,
            allowance=self.allowance,
            closed=self.closed,
        )


class PastBookingRowInput(Input, frozen=True):
    request: RequestInput
    state: Literal["completed", "no_show", "cancelled"]
    booked_at: Moment
    total_minor: MinorUnits
    currency: Currency

    def row(self, _organization_id: OrganizationId) -> PastBookingRow:
        sensible(self.booked_at)
        return PastBookingRow(
            request=self.request.request(),
            state=BookingState(self.state),
            booked_at=self.booked_at,
            total=Money(self.total_minor, self.currency),
        )


SHAPES: Mapping[ImportTarget, Any] = {
    ImportTarget.OFFERINGS: OfferingRowInput,
    ImportTarget.POOLS: OpeningRowInput,
    ImportTarget.PAST_BOOKINGS: PastBookingRowInput,
    ImportTarget.PAST_CALLS: PastCallRowInput,
    ImportTarget.BOOKINGS: BookingRowInput,
    ImportTarget.CONTACTS: ContactRowInput,
    ImportTarget.DOCUMENTS: DocumentRowInput,
}


def understood(
    target: ImportTarget, line: Line, organization_id: OrganizationId
) -> Row | RowRefused:
    """What the line says, or why that is not accepted."""
    tree = _with_resource_id(target, line.tree, organization_id)
    try:
        # Cells of CSV are texts; what fits the type is read as it.
        value = msgspec.convert(tree, SHAPES[target], strict=False).row(organization_id)
    except msgspec.ValidationError as error:
        at, words = in_words_of_msgspec(error)
        field = "/".join(at)[:200]
        return RowRefused(line=line.number, code="malformed_row", field=field, detail=words)
    except Refusal as refusal:
        return RowRefused.because(line.number, refusal)
    return Row(line=line.number, value=value, weight=_weight(value))


def understood_tree(
    target: ImportTarget, number: int, tree: Mapping[str, Any], organization_id: OrganizationId
) -> Row | RowRefused:
    """The same of what comes from elsewhere and was never a line."""
    for at, words in unstorable(tree):
        field = "/".join(at)[:200]
        return RowRefused(line=number, code="malformed_row", field=field, detail=words)
    return understood(target, Line(number=number, tree=tree), organization_id)


def _with_resource_id(
    target: ImportTarget, tree: Mapping[str, Any], organization_id: OrganizationId
) -> Mapping[str, Any]:
    """`resource_key` stands for the id that an offering imported under this key was given."""
    key = tree.get("resource_key")
    if target is ImportTarget.OFFERINGS or not isinstance(key, str):
        return tree
    rest = {name: value for name, value in tree.items() if name != "resource_key"}
    resource_id = str(keyed(organization_id, key))
    if target is ImportTarget.POOLS:
        return {"resource_id": resource_id, **rest}
    request = rest.get("request")
    if isinstance(request, Mapping):
        rest["request"] = {"resource_id": resource_id, **request}
    return rest


HEAVY = (BookingRow, ContactRow, DocumentRow)
"""Each of them takes as long as so many others."""


def _weight(value: Any) -> int:
    """How many pools it opens, as far as that can be told."""
    dates = getattr(value, "dates", None)
    if dates is not None:
        return len(dates)
    return 10 if isinstance(value, HEAVY) else 1
