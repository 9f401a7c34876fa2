"""Whether a booking may be paid for, and its hold while somebody does."""

from datetime import datetime

from application.bookings.payment_ports import SettlementWork
from domain.bookings.booking import Booking
from domain.bookings.holding import HoldPolicy
from domain.bookings.life import (
    AwaitsApproval,
    BookingState,
    HoldAtItsLongest,
    HoldPurpose,
    NoLongerOpen,
)

PAYABLE = frozenset(
    {
        BookingState.HELD,
        BookingState.CONFIRMED,
        BookingState.IN_PROGRESS,
        BookingState.COMPLETED,
        BookingState.NO_SHOW,
        BookingState.CANCELLED,
    }
)


def must_be_payable(booking: Booking) -> None:
    """Raises NotHeld, HoldExpired, NoLongerOpen or AwaitsApproval."""
    if booking.state not in PAYABLE:
        booking.must_be_held()
        raise NoLongerOpen(booking.id, booking.state.value)
    if booking.state is BookingState.HELD and booking.purpose is HoldPurpose.APPROVAL:
        raise AwaitsApproval(booking.id)


def hold_longer(
    work: SettlementWork, booking: Booking, policy: HoldPolicy, *, now: datetime
) -> None:
    """Whoever pays has the hold begin anew, within its cap."""
    if booking.state is not BookingState.HELD or booking.itinerary_id is not None:
        return
    terms = policy.of(HoldPurpose.PAYMENT, booking.agreement.conditions)
    try:
        extended = booking.extend(terms=terms, now=now)
    except HoldAtItsLongest:
        return
    work.bookings.save(extended)
