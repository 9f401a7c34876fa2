"""How a booking stands with its money."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from domain.bookings.booking import Booking
from domain.bookings.deposits import Instalment
from domain.bookings.life import BookingState
from domain.bookings.owing import due, instalments, owing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.payments.ledger import Books


@attrs.frozen(kw_only=True)
class MoneyOfBooking:
    """`owed` is what it costs as it stands, with the fees of papers that were issued again; `paid`
    is what came and did not go back.

    `due` is what is to be paid now, and nothing if that is below zero; `instalments` say how a
    booking that is held or confirmed is to be paid as a whole.
    """

    owed: Money
    paper_fees: Money
    paid: Money
    due: Money
    instalments: Sequence[Instalment]

    @classmethod
    def of(cls, booking: Booking, books: Books, *, now: datetime) -> "MoneyOfBooking":
        to_come = booking.state in (BookingState.HELD, BookingState.CONFIRMED)
        left = due(booking, paid=books.settled, now=now)
        return cls(
            owed=owing(booking).total + books.fees,
            paper_fees=books.fees,
            paid=books.paid,
            due=max(left, Money.zero(books.currency)),
            instalments=instalments(booking, now=now) if to_come else (),
        )


class MoneyViews(Protocol):
    async def money_of(self, actor: Actor, booking_id: BookingId) -> MoneyOfBooking:
        """Raises BookingNotFound."""
        ...
