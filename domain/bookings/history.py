"""Bookings of the past, made and used elsewhere: they are told about, not promised."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.events import BookingImported
from domain.bookings.life import BookingState
from domain.bookings.references import Reference
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.kernel.refusals import Invalid

PAST_STATES = (BookingState.COMPLETED, BookingState.NO_SHOW, BookingState.CANCELLED)


@attrs.frozen
class NotOver(Invalid):
    code: ClassVar[str] = "not_over"
    field: ClassVar[str] = "request"
    ends_at: datetime

    def __str__(self) -> str:
        return f"it ends at {self.ends_at.isoformat()}: what is to come is booked, not imported"


@attrs.frozen
class NotOfThePast(Invalid):
    code: ClassVar[str] = "not_of_the_past"
    field: ClassVar[str] = "state"
    state: str

    def __str__(self) -> str:
        known = ", ".join(state.value for state in PAST_STATES)
        return f"a booking of the past is {known}, not {self.state}"


def of_the_past(
    id: BookingId,
    agreement: Agreement,
    *,
    state: BookingState,
    reference: Reference,
    booked_at: datetime,
    now: datetime,
) -> Booking:
    """It takes no units: what it took has been used. Raises NotOver and NotOfThePast."""
    if agreement.period.ends_at > now and state is not BookingState.CANCELLED:
        raise NotOver(agreement.period.ends_at)
    if state not in PAST_STATES:
        raise NotOfThePast(state.value)
    total = agreement.price.total
    imported = BookingImported(
        booking_id=id,
        resource_id=agreement.request.resource_id,
        reference=reference.text,
        kind=agreement.request.kind,
        state=state.value,
        booked_at=booked_at,
        occurred_at=now,
    )
    given_back = Cancellation(fee=Money.zero(total.currency), refund=total)
    return Booking(
        id=id,
        reference=reference,
        agreement=agreement,
        state=state,
        expires_at=booked_at,
        extendable_until=booked_at,
        cancellation=given_back if state is BookingState.CANCELLED else None,
        events=(imported,),
    )
