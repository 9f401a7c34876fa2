"""What was paid enough for is confirmed: alone, or all that is held together at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from application.bookings.confirm_booking import confirm_alone
from application.bookings.itinerary_steps import take_step
from application.bookings.payment_ports import SettlementWork
from application.bookings.taking import take
from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.owing import due
from domain.kernel.identifiers import BookingId, ItineraryId
from domain.kernel.money import Money, total
from domain.payments.payment import Payment, PaymentState

LET_GO = frozenset({BookingState.EXPIRED, BookingState.RELEASED})

PaymentsOf = Mapping[BookingId, Sequence[Payment]]


def locked_payments(work: SettlementWork, booking: Booking) -> PaymentsOf:
    """Those of the booking and of all that is held together with it, always in one order."""
    ids = [booking.id]
    if booking.itinerary_id is not None and booking.state is BookingState.HELD:
        ids = [*work.itineraries.get(booking.itinerary_id).pending]
    return {id: work.payments.locked_of(id) for id in sorted({booking.id, *ids})}


def confirmed_if_paid(
    work: SettlementWork, booking: Booking, payments: PaymentsOf, now: datetime
) -> Booking:
    if booking.state is not BookingState.HELD or not _is_secured(work, booking, payments, now):
        return booking
    if booking.itinerary_id is None:
        return confirm_alone(work, booking, now=now)
    return _confirmed_together(work, booking, booking.itinerary_id, payments, now)


def taken_again_if_paid(
    work: SettlementWork, booking: Booking, payments: PaymentsOf, now: datetime
) -> Booking:
    """What was let go of too early, if there is still room: raises what taking raises, at the
    latest when the unit of work ends.

    What was held together is not taken again one by one.
    """
    is_late = booking.itinerary_id is not None or now >= booking.starts_at
    held = attrs.evolve(booking, state=BookingState.HELD)
    if booking.state not in LET_GO or is_late or not _is_secured(work, held, payments, now):
        return booking
    reinstated = booking.reinstate(now=now)
    take(work, [reinstated])
    return work.bookings.save(reinstated)


def _confirmed_together(
    work: SettlementWork,
    booking: Booking,
    itinerary_id: ItineraryId,
    payments: PaymentsOf,
    now: datetime,
) -> Booking:
    """All of them, once each has been paid for; until then, none. Raises Stale."""
    itinerary = work.itineraries.get(itinerary_id)
    if booking.id not in itinerary.pending:  # somebody else has confirmed it meanwhile
        raise Stale(f"itinerary {itinerary_id}")
    held = work.bookings.several(itinerary.pending)
    if not all(_is_secured(work, one, payments, now) for one in held):
        return booking
    confirmed = itinerary.confirm(now=now)
    after = take_step(work, itinerary, confirmed, lambda one: one.confirm(now=now))
    return next(one for one in after.bookings if one.id == booking.id)


def _is_secured(work: SettlementWork, held: Booking, payments: PaymentsOf, now: datetime) -> bool:
    """Whether enough is ours or set aside for us."""
    if held.purpose is HoldPurpose.APPROVAL:
        return False
    currency = held.agreement.price.total.currency
    paid = work.ledger.books_of(held.id, currency).settled
    secured = paid + authorised(payments.get(held.id, ()), currency)
    return secured.minor > 0 and due(held, paid=secured, now=now).minor <= 0


def authorised(payments: Sequence[Payment], currency: str) -> Money:
    amounts = [one.amount for one in payments if one.state is PaymentState.AUTHORISED]
    return total(amounts, currency=currency)
