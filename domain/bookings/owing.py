"""What a customer owes for a booking: as it stands, and by when."""

from datetime import datetime

import attrs

from domain.bookings.booking import Booking
from domain.bookings.deposits import Instalment
from domain.bookings.life import BookingState
from domain.bookings.price import LineKind, Price
from domain.kernel.money import Money, total

SOLD = frozenset(
    {
        BookingState.CONFIRMED,
        BookingState.IN_PROGRESS,
        BookingState.COMPLETED,
        BookingState.NO_SHOW,
    }
)


@attrs.frozen(kw_only=True)
class Owing:
    """`tax` is what is passed on of `total`."""

    total: Money
    tax: Money


def owing(booking: Booking) -> Owing:
    """Nothing for what was never promised, the fee for what was cancelled, else the price.

    The fees of changes are owed beside it, unless it was the company that cancelled. What was
    sold elsewhere is in somebody else's books.
    """
    price = booking.agreement.price
    nothing = Money.zero(price.total.currency)
    if booking.agreement.history:
        return Owing(total=nothing, tax=nothing)
    kept = _kept(booking, nothing)
    return Owing(total=kept + _change_fees(booking, nothing), tax=tax_share(price, kept))


def instalments(booking: Booking, *, now: datetime) -> tuple[Instalment, ...]:
    """How what a held booking costs is to be paid, the first one to confirm it."""
    agreement = booking.agreement
    deposit, price = agreement.conditions.deposit, agreement.price.total
    if deposit is None:
        return (Instalment(amount=price, due_at=now),)
    return deposit.split(price, starts_at=booking.starts_at, now=now)


def due(booking: Booking, *, paid: Money, now: datetime) -> Money:
    """What is to be paid now, given what has been: of a hold the first instalment, else what
    is left of all that is due by now. Below zero, too much was paid.
    """
    if booking.state is BookingState.HELD:
        return instalments(booking, now=now)[0].amount - paid
    if booking.state is not BookingState.CONFIRMED:
        return owing(booking).total - paid
    later = [one.amount for one in instalments(booking, now=now) if one.due_at > now]
    return owing(booking).total - total(later, currency=paid.currency) - paid


def _kept(booking: Booking, nothing: Money) -> Money:
    if booking.state in SOLD:
        return booking.agreement.price.total
    if booking.state is BookingState.CANCELLED and booking.cancellation is not None:
        return booking.cancellation.fee
    return nothing


def _change_fees(booking: Booking, nothing: Money) -> Money:
    fees, cancelled = booking.agreement.change_fees, booking.cancellation
    if fees is None or (cancelled is not None and cancelled.by_company):
        return nothing
    return fees


def tax_share(price: Price, kept: Money) -> Money:
    """Of the taxes, in the proportion that is kept of the price."""
    added = [line.amount for line in price.lines if line.kind is LineKind.TAX]
    contained = [one.amount for one in price.contained]
    taxes = total([*added, *contained], currency=price.total.currency)
    if kept == price.total or price.total.minor == 0:
        return taxes if kept == price.total else kept
    return taxes.allocate([kept.minor, price.total.minor - kept.minor])[0]
