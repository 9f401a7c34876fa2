"""Write down what is counted of bookings whenever something happens to them."""

from collections.abc import Sequence
from typing import ClassVar, Protocol
from uuid import UUID

import attrs

from application.kernel.subscribers import Gathering, RecordedEvent, SubscriberWork
from domain.bookings.events import (
    BookingApproved,
    BookingCancelled,
    BookingChanged,
    BookingCheckedIn,
    BookingCompleted,
    BookingConfirmed,
    BookingDeclined,
    BookingExpired,
    BookingHeld,
    BookingImported,
    BookingNotShown,
    BookingReinstated,
    BookingReleased,
    BookingRescheduled,
)
from domain.kernel.identifiers import BookingId
from domain.payments.events import PaymentCaptured

CHANGES = (
    BookingHeld,
    BookingImported,
    BookingConfirmed,
    BookingChanged,
    BookingApproved,
    BookingDeclined,
    BookingCheckedIn,
    BookingCompleted,
    BookingNotShown,
    BookingRescheduled,
    BookingReleased,
    BookingExpired,
    BookingReinstated,
    BookingCancelled,
    PaymentCaptured,
)


class BookingFacts(Protocol):
    def renew(self, booking_ids: Sequence[BookingId]) -> None:
        """Writes anew what is counted of them, from what they are and what has happened to them.

        However often it is done, it comes to the same.
        """
        ...


class BookingFactsWork(SubscriberWork, Protocol):
    @property
    def booking_facts(self) -> BookingFacts: ...


@attrs.frozen
class CountBookings(Gathering):
    name: ClassVar[str] = "booking_facts"
    hears: ClassVar[frozenset[str]] = frozenset(event.name for event in CHANGES)

    def __call__(self, event: RecordedEvent, work: BookingFactsWork, /) -> None:
        booking_id = UUID(str(event.payload["booking_id"]))
        work.booking_facts.renew([BookingId(booking_id)])

    def together(self, events: Sequence[RecordedEvent], work: BookingFactsWork, /) -> None:
        ids = {UUID(str(event.payload["booking_id"])) for event in events}
        work.booking_facts.renew([BookingId(id) for id in sorted(ids)])
