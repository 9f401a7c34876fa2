"""Which events people are written to about."""

from typing import ClassVar

import attrs

from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.notifications.send_booking_message import OCCASIONS, SendBookingMessage
from domain.kernel.identifiers import BookingId


@attrs.frozen
class BookingMessages(Subscriber):
    """One job an event; the job decides whether there is still something to tell."""

    name: ClassVar[str] = "booking_messages"
    hears: ClassVar[frozenset[str]] = frozenset(OCCASIONS)

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        command = SendBookingMessage(
            event_id=event.id,
            event=event.name,
            booking_id=BookingId(event.subject),
            occurred_at=event.occurred_at,
        )
        work.jobs.enqueue(command.job)
