"""Which events people are written to about."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.notifications.send_booking_message import OCCASIONS, SendBookingMessage
from application.notifications.send_called_off import SendCalledOff
from application.notifications.send_low_score import SendLowScore
from application.notifications.send_released_block import SendReleasedBlock
from application.notifications.send_urgent_needs import SendUrgentNeeds
from domain.bookings.block_events import BlockReleased
from domain.bookings.events import BookingConfirmed, BookingHeld
from domain.bookings.waiting_events import WaitingCalledOff
from domain.calls.quality_events import QaScoreUpdated
from domain.kernel.identifiers import BlockId, BookingId, CallId, WaitingId

INQUIRY = "inquiry"  # as BookingHeld says it


@attrs.frozen
class BookingMessages(Subscriber):
    """One job an event; the job decides whether there is still something to tell.

    Of what is held, only inquiries: whoever pays at once knows.
    """

    name: ClassVar[str] = "booking_messages"
    hears: ClassVar[frozenset[str]] = frozenset(OCCASIONS)

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        if event.name == BookingHeld.name and event.payload.get("purpose") != INQUIRY:
            return
        command = SendBookingMessage(
            event_id=event.id,
            event=event.name,
            # An offer is a fact about an entry of a waiting list.
            booking_id=BookingId(UUID(str(event.payload.get("booking_id", event.subject)))),
            occurred_at=event.occurred_at,
        )
        work.jobs.enqueue(command.job)


@attrs.frozen
class UrgentRequirements(Subscriber):
    name: ClassVar[str] = "urgent_requirements"
    hears: ClassVar[frozenset[str]] = frozenset({BookingConfirmed.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        if event.payload.get("urgent_requirements"):
            command = SendUrgentNeeds(event_id=event.id, booking_id=BookingId(event.subject))
            work.jobs.enqueue(command.job)


@attrs.frozen
class CalledOffMessages(Subscriber):
    """One job for each party that waited."""

    name: ClassVar[str] = "called_off_messages"
    hears: ClassVar[frozenset[str]] = frozenset({WaitingCalledOff.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        command = SendCalledOff(event_id=event.id, waiting_id=WaitingId(event.subject))
        work.jobs.enqueue(command.job)


@attrs.frozen
class ReleasedBlockMessages(Subscriber):
    """One job for each block, when nothing is left in it."""

    name: ClassVar[str] = "released_block_messages"
    hears: ClassVar[frozenset[str]] = frozenset({BlockReleased.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        # Those of old do not say whether they were the last: nobody is told of them any more.
        if event.payload.get("last"):
            reason = event.payload["reason"]
            command = SendReleasedBlock(
                event_id=event.id,
                block_id=BlockId(event.subject),
                reason=None if reason is None else str(reason),
            )
            work.jobs.enqueue(command.job)


@attrs.frozen
class LowScoreMessages(Subscriber):
    """One job each time that the score of a call falls below the threshold."""

    name: ClassVar[str] = "low_score_messages"
    hears: ClassVar[frozenset[str]] = frozenset({QaScoreUpdated.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        if fell_low(event):
            command = SendLowScore(event_id=event.id, call_id=CallId(event.subject))
            work.jobs.enqueue(command.job)


def fell_low(scored: RecordedEvent) -> bool:
    """And was not low before."""
    return _is_low(scored.payload["score"]) and not _is_low(scored.payload["before"])


def _is_low(score: int | None) -> bool:
    return score is not None and score < QaScoreUpdated.LOW_BELOW
