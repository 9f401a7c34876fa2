"""What bookings make of payments, and the books of bookings."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.bookings.charging import charge
from application.bookings.payment_ports import BooksWork
from application.bookings.settle_booking import SettleBooking
from application.kernel.ports import Clock
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.payments.bookkeeping import Bookkeeping
from domain.bookings.events import (
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingDeclined,
    BookingExpired,
    BookingReinstated,
    BookingReleased,
    BookingRescheduled,
)
from domain.kernel.actors import SYSTEM
from domain.kernel.identifiers import BookingId
from domain.paperwork.events import PaperReissued
from domain.payments.events import (
    DisputeClosed,
    PaymentAuthorised,
    PaymentCaptured,
    RefundDropped,
    RefundRejected,
)


@attrs.frozen(kw_only=True)
class KeepBooks(Subscriber):
    """Writes what is owed for a booking, and has given back what is not owed any more."""

    bookkeeping: Bookkeeping
    clock: Clock
    name: ClassVar[str] = "books"
    hears: ClassVar[frozenset[str]] = frozenset(
        event.name
        for event in (
            BookingConfirmed,
            BookingReinstated,
            BookingChanged,
            BookingRescheduled,
            BookingCancelled,
            BookingExpired,
        )
    )

    def __call__(self, event: RecordedEvent, work: BooksWork, /) -> None:
        booking = work.bookings.get(BookingId(event.subject))
        left = charge(work.ledger, booking, self.bookkeeping, now=self.clock())
        if left.minor > 0:
            by = SYSTEM if event.name == BookingExpired.name else event.actor_id
            work.jobs.enqueue(SettleBooking.job(booking.id, by=by))


@attrs.frozen(kw_only=True)
class ChargePaperFees(Subscriber):
    """Goes by what all papers of the booking have cost: heard twice, it comes to the same."""

    bookkeeping: Bookkeeping
    clock: Clock
    name: ClassVar[str] = "paper_fees"
    hears: ClassVar[frozenset[str]] = frozenset({PaperReissued.name})

    def __call__(self, event: RecordedEvent, work: BooksWork, /) -> None:
        booking = work.bookings.get(BookingId(UUID(str(event.payload["booking_id"]))))
        fees = work.paper_fees.of(booking.id, booking.agreement.price.total.currency)
        charge(work.ledger, booking, self.bookkeeping, now=self.clock(), fees=fees)


@attrs.frozen(kw_only=True)
class SettleWhatIsPaid(Subscriber):
    name: ClassVar[str] = "settlements"
    hears: ClassVar[frozenset[str]] = frozenset(
        event.name
        for event in (
            PaymentAuthorised,
            PaymentCaptured,
            DisputeClosed,
            RefundDropped,
            RefundRejected,
            BookingDeclined,
            BookingReleased,
        )
    )

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        booking_id = event.payload.get("booking_id", event.subject)
        work.jobs.enqueue(SettleBooking.job(BookingId(UUID(str(booking_id)))))
