"""Which single things a booking gets: decided late, or moved from one to another."""

from typing import ClassVar

import attrs

from domain.bookings.agreement import Agreement
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import BookingId, ResourceId, UnitId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Period
from domain.kernel.refusals import Conflict, Invalid


@attrs.frozen
class WrongNumberOfUnits(Invalid):
    code: ClassVar[str] = "wrong_number_of_units"
    field: ClassVar[str] = "unit_ids"
    needed: int

    def __str__(self) -> str:
        return f"this booking gets {self.needed} units: name none, or as many, each once"


@attrs.frozen
class UnitOfAnother(Invalid):
    """The unit is none of what was booked."""

    code: ClassVar[str] = "unit_of_another"
    field: ClassVar[str] = "unit_ids"
    unit_id: UnitId

    def __str__(self) -> str:
        return f"unit {self.unit_id} is none of what was booked"


@attrs.frozen
class UnitsAreSold(Conflict):
    code: ClassVar[str] = "units_are_sold"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"booking {self.booking_id} was sold a single unit: move it, or cancel"


def units_needed(
    agreement: Agreement, offering: Offering, stock: ResourceId
) -> tuple[IntervalClaim, ...]:
    """One for each unit that the booking gets, for as long as nobody else can have it."""
    if agreement.intervals:
        return agreement.intervals
    period = agreement.period
    needed = Period(period.starts_at, period.ends_at + offering.turnaround)
    number = max((claim.units for claim in agreement.claims), default=1)
    return (IntervalClaim(resource_id=stock, period=needed),) * number
