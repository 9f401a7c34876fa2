"""The steps of a booking, and a booking in every state."""

from collections.abc import Callable

import attrs

from domain.bookings.booking import Booking
from domain.bookings.life import (
    BookingState,
    HoldPurpose,
)
from domain.kernel.periods import Period
from tests.samples import (
    BERT,
    DAY,
    HOLD_TERMS,
    MINUTE,
    NOW,
    agreement,
    held,
    hotel,
)

Step = Callable[[Booking], Booking]

LATER = NOW + 5 * MINUTE


def confirm(booking: Booking) -> Booking:
    return booking.confirm(now=LATER)


def release(booking: Booking) -> Booking:
    return booking.release(now=LATER)


def expire(booking: Booking) -> Booking:
    return booking.expire(now=LATER)


def extend(booking: Booking) -> Booking:
    return booking.extend(terms=HOLD_TERMS, now=LATER)


def cancel(booking: Booking) -> Booking:
    return booking.cancel(now=LATER)


def change_contact(booking: Booking) -> Booking:
    return booking.change_contact(BERT, now=LATER)


def cancel_by_company(booking: Booking) -> Booking:
    return booking.cancel_by_company(reason="storm", now=LATER)


def reschedule(booking: Booking) -> Booking:
    longer = agreement(hotel(1, 4))
    period = attrs.evolve(longer.period, starts_at=booking.starts_at)
    return booking.reschedule(attrs.evolve(longer, period=period), now=LATER)


def approve(booking: Booking) -> Booking:
    return booking.approve(terms=HOLD_TERMS, now=LATER)


def decline(booking: Booking) -> Booking:
    return booking.decline(now=LATER)


def check_in(booking: Booking) -> Booking:
    return at_start(booking).check_in(now=LATER)


def complete(booking: Booking) -> Booking:
    return booking.complete(now=LATER)


def not_shown(booking: Booking) -> Booking:
    return at_start(booking).not_shown(now=LATER)


def at_start(booking: Booking) -> Booking:
    """The same booking, of something that begins just then."""
    period = Period(LATER, LATER + DAY)
    return attrs.evolve(booking, agreement=attrs.evolve(booking.agreement, period=period))


def requested() -> Booking:
    """Held until somebody has approved of it."""
    return held(purpose=HoldPurpose.APPROVAL)


IN_STATE = {
    BookingState.HELD: held(),
    BookingState.CONFIRMED: confirm(held()),
    BookingState.IN_PROGRESS: check_in(confirm(held())),
    BookingState.COMPLETED: complete(check_in(confirm(held()))),
    BookingState.NO_SHOW: not_shown(confirm(held())),
    BookingState.CANCELLED: cancel(confirm(held())),
    BookingState.RELEASED: release(held()),
    BookingState.DECLINED: decline(requested()),
    BookingState.EXPIRED: expire(held()),
}
(
    HELD,
    CONFIRMED,
    IN_PROGRESS,
    COMPLETED,
    NO_SHOW,
    CANCELLED,
    RELEASED,
    DECLINED,
    EXPIRED,
) = BookingState
