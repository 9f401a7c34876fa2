"""From an event to a message: one job, one message, and only while it is true."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import attrs
import pytest

from adapters.rendering.calendar import IcalendarFiles
from application.kernel.jobs import Job, JobContext, JobQueue, QueuedJob
from application.kernel.subscribers import RecordedEvent, SubscriberWork
from application.notifications.ports import CalendarFiles, Notices, NotSent
from application.notifications.send_booking_message import (
    SendBookingMessage,
    SendBookingMessageHandler,
)
from application.notifications.subscribers import BookingMessages
from domain.bookings.events import BookingCancelled, BookingChanged, BookingConfirmed, BookingHeld
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, BookingId, JobId, OrganizationId
from domain.notifications.messages import Attachment, Message, message_to_customer
from domain.notifications.notices import BookingNotice, NothingToTell, Occasion
from tests.fakes.mail import MemoryMailer, OneDesk
from tests.samples_of_notifications import BOOKING, EVENT, NOTICE, NOW

pytestmark = pytest.mark.anyio

Result = TypeVar("Result")

ORGANIZATION = OrganizationId(UUID(int=1))
SYSTEM = Actor(organization_id=ORGANIZATION, id=ActorId(UUID(int=2)), permissions=frozenset())
FILES = IcalendarFiles(organizer_name="Desk", organizer_email="desk@example.com")


@attrs.frozen
class Queue(JobQueue):
    jobs: list[Job] = attrs.field(factory=list)

    def enqueue(self, job: Job) -> None:
        self.jobs.append(job)


@attrs.frozen
class Work(SubscriberWork):
    jobs: Queue = attrs.field(factory=Queue)


@attrs.frozen
class Context(JobContext):
    """Runs a step at once and keeps what the engine would store."""

    actor: Actor = SYSTEM
    stored: list[tuple[str, object]] = attrs.field(factory=list)

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        result = await work()
        self.stored.append((name, result))
        return result

    async def progress(self, done: int, total: int) -> None:
        raise NotImplementedError


@attrs.frozen
class OneNotice(Notices):
    notice: BookingNotice

    async def of_booking(self, actor: Actor, booking_id: BookingId) -> BookingNotice:
        if actor != SYSTEM or booking_id != self.notice.booking_id:
            raise NothingToTell(booking_id)
        return self.notice


@attrs.frozen
class StampedFiles(CalendarFiles):
    stamps: list[tuple[Occasion, datetime]] = attrs.field(factory=list)

    def of(self, notice: BookingNotice, occasion: Occasion, *, stamped_at: datetime) -> Attachment:
        self.stamps.append((occasion, stamped_at))
        return FILES.of(notice, occasion, stamped_at=stamped_at)


class BrokenMailer(MemoryMailer):
    async def send(self, message: Message, /) -> None:
        raise NotSent


def recorded(name: str, **payload: object) -> RecordedEvent:
    return RecordedEvent(
        organization_id=ORGANIZATION,
        position=7,
        id=EVENT,
        name=name,
        subject=BOOKING,
        payload=payload,
        occurred_at=NOW,
        actor_id=SYSTEM.id,
    )


def queued(name: str) -> QueuedJob:
    work = Work()
    BookingMessages()(recorded(name), work)
    [job] = work.jobs.jobs
    return QueuedJob(
        id=JobId(UUID(int=3)), organization_id=ORGANIZATION, name=job.name, payload=job.payload
    )


async def sent(name: str, notice: BookingNotice) -> list[Message]:
    mailer = MemoryMailer()
    handler = SendBookingMessageHandler(
        notices=OneNotice(notice), calendar_files=FILES, mailer=mailer, desks=OneDesk()
    )
    await handler(queued(name), Context())
    await handler(queued(name), Context())
    return list(mailer.sent.values())


def test_the_subscriber_hears_what_customers_want_to_know() -> None:
    assert BookingMessages().name == "booking_messages"
    assert BookingMessages().hears == {
        "booking_confirmed",
        "booking_changed",
        "booking_rescheduled",
        "booking_cancelled",
        "booking_approved",
        "booking_declined",
        "waiting_offered",
        "booking_held",
        "instalment_reminded",
        "instalment_late",
    }


def test_an_event_becomes_one_job_without_personal_data() -> None:
    job = queued(BookingConfirmed.name)

    assert job.name == SendBookingMessage.JOB == "send_booking_message"
    assert job.payload == {
        "event_id": str(EVENT),
        "event": "booking_confirmed",
        "booking_id": str(BOOKING),
        "occurred_at": "2026-03-02T09:30:00+00:00",
    }


@pytest.mark.parametrize(
    ("payload", "jobs"),
    [({"purpose": "inquiry"}, 1), ({"purpose": "payment"}, 0), ({"purpose": "offer"}, 0), ({}, 0)],
)
def test_of_what_is_held_only_inquiries_are_written_about(
    payload: dict[str, object], jobs: int
) -> None:
    work = Work()
    BookingMessages()(recorded(BookingHeld.name, **payload), work)

    assert len(work.jobs.jobs) == jobs


@pytest.mark.parametrize(
    ("event", "state", "method"),
    [
        (BookingConfirmed.name, "confirmed", "REQUEST"),
        (BookingChanged.name, "confirmed", "REQUEST"),
        (BookingCancelled.name, "cancelled", "CANCEL"),
    ],
)
async def test_the_customer_gets_one_message_with_a_calendar_file(
    event: str, state: str, method: str
) -> None:
    [message] = await sent(event, attrs.evolve(NOTICE, state=state))

    assert message.id == message_to_customer(EVENT)
    assert message.to == NOTICE.contact_email
    [file] = message.attachments
    assert file.content_type.endswith(f"method={method}")
    assert f"METHOD:{method}\r\n".encode() in file.content


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (BookingChanged.name, "held"),
        (BookingChanged.name, "expired"),
        (BookingConfirmed.name, "cancelled"),
        (BookingChanged.name, "cancelled"),
    ],
)
async def test_what_is_no_longer_true_is_not_sent(event: str, state: str) -> None:
    assert await sent(event, attrs.evolve(NOTICE, state=state)) == []


async def test_nothing_about_the_customer_is_stored_with_the_job() -> None:
    context, files = Context(), StampedFiles()
    handler = SendBookingMessageHandler(
        notices=OneNotice(NOTICE), calendar_files=files, mailer=MemoryMailer(), desks=OneDesk()
    )
    await handler(queued(BookingConfirmed.name), context)

    assert context.stored == [("send", True)]
    assert files.stamps == [(Occasion.CONFIRMED, NOW)]


async def test_a_message_that_was_not_sent_fails_its_step() -> None:
    context = Context()
    handler = SendBookingMessageHandler(
        notices=OneNotice(NOTICE), calendar_files=FILES, mailer=BrokenMailer(), desks=OneDesk()
    )
    with pytest.raises(NotSent):
        await handler(queued(BookingConfirmed.name), context)

    assert context.stored == []
