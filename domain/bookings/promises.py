"""What is promised about a booking: what cancelling or changing it comes to, for a while."""

from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.life import BookingState
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.kernel.identifiers import BookingId, QuoteId
from domain.kernel.money import Money
from domain.kernel.refusals import Conflict


@attrs.frozen
class QuoteOutdated(Conflict):
    """The booking is no longer what it was when this was quoted."""

    code: ClassVar[str] = "quote_outdated"
    quote_id: QuoteId
    version: int

    def __str__(self) -> str:
        return f"the booking is now version {self.version}; ask for a new quote"


@attrs.frozen(kw_only=True)
class Promise:
    """Good until `expires_at` for version `version` of the booking, and no other."""

    id: QuoteId
    booking_id: BookingId
    version: int
    expires_at: datetime

    def must_be_good(self, booking: Booking, *, now: datetime) -> None:
        """Raises QuoteNotFound if it is about another booking, QuoteOutdated or QuoteExpired."""
        if booking.id != self.booking_id:
            raise QuoteNotFound(self.id)
        if booking.version != self.version:
            raise QuoteOutdated(self.id, booking.version)
        if now >= self.expires_at:
            raise QuoteExpired(self.id, self.expires_at)


@attrs.frozen(kw_only=True)
class CancellationQuote(Promise):
    """How the price will be split, also if a worse tier begins while the promise is good."""

    split: Cancellation

    @classmethod
    def promise(
        cls, id: QuoteId, booking: Booking, *, now: datetime, good_for: timedelta
    ) -> "CancellationQuote":
        """Raises NotConfirmed and AlreadyStarted."""
        return cls(
            id=id,
            booking_id=booking.id,
            version=booking.version,
            expires_at=min(now + good_for, booking.starts_at),
            split=booking.cancellation_at(now),
        )


@attrs.frozen(kw_only=True)
class ChangeQuote(Promise):
    """What the booking would become; whether it can be had is not promised.

    `difference` is between the prices; the fee for changing comes on top.
    """

    agreement: Agreement
    difference: Money
    fee: Money

    @property
    def due(self) -> Money:
        """Owed by the customer; negative, it is owed to them."""
        return self.difference + self.fee

    @classmethod
    def promise(
        cls,
        id: QuoteId,
        booking: Booking,
        agreement: Agreement,
        *,
        now: datetime,
        good_for: timedelta,
        closes_at: datetime,
    ) -> "ChangeQuote":
        """Raises what the booking refuses, and CurrenciesDiffer.

        Never good beyond the moment at which the new booking closes or the old one begins, but
        for a booking in progress: that has begun.
        """
        booking.must_allow(agreement, now=now)
        old, new = booking.agreement.price.total, agreement.price.total
        begun = booking.state is BookingState.IN_PROGRESS
        ends = () if begun else (closes_at, booking.starts_at)
        return cls(
            id=id,
            booking_id=booking.id,
            version=booking.version,
            expires_at=min((now + good_for, *ends)),
            agreement=agreement,
            difference=new - old,
            fee=booking.agreement.conditions.change_fee or Money.zero(new.currency),
        )
