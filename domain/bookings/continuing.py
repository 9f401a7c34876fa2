"""How an inquiry becomes a booking that waits for payment."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.bookings.booking import Booking
from domain.bookings.events import BookingContinued
from domain.bookings.holding import HoldPolicy
from domain.bookings.life import HoldPurpose
from domain.kernel.identifiers import BookingId
from domain.kernel.refusals import Conflict


@attrs.frozen
class NoInquiry(Conflict):
    code: ClassVar[str] = "no_inquiry"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"booking {self.booking_id} is no inquiry, or has been continued already"


def continued(booking: Booking, *, policy: HoldPolicy, now: datetime) -> Booking:
    """The customer wants it: from now on it waits for payment, or to be approved of first."""
    booking.must_be_held()
    if booking.purpose is not HoldPurpose.INQUIRY:
        raise NoInquiry(booking.id)
    conditions = booking.agreement.conditions
    terms = policy.of(conditions.purpose, conditions)
    expires_at = now + terms.lasts
    happened = BookingContinued(
        booking_id=booking.id,
        resource_id=booking.agreement.request.resource_id,
        purpose=conditions.purpose.value,
        expires_at=expires_at,
        occurred_at=now,
    )
    return attrs.evolve(
        booking,
        purpose=conditions.purpose,
        expires_at=expires_at,
        extendable_until=max(expires_at, now + terms.at_most),
        events=(*booking.events, happened),
    )
