"""Tell the customer of a booking what has become of it; runs as a job."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.notifications.ports import CalendarFiles, Desks, Mailer, Notices
from domain.bookings.events import (
    BookingApproved,
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingDeclined,
    BookingHeld,
    BookingRescheduled,
)
from domain.bookings.instalment_events import InstalmentLate, InstalmentReminded
from domain.bookings.waiting_events import WaitingOffered
from domain.kernel.identifiers import BookingId, EventId
from domain.notifications.messages import Attachment, message_to_customer
from domain.notifications.notices import BookingNotice, Occasion
from domain.notifications.wording import written

OCCASIONS: Mapping[str, Occasion] = {
    BookingConfirmed.name: Occasion.CONFIRMED,
    BookingChanged.name: Occasion.CHANGED,
    BookingRescheduled.name: Occasion.CHANGED,
    BookingCancelled.name: Occasion.CANCELLED,
    BookingApproved.name: Occasion.APPROVED,
    BookingDeclined.name: Occasion.DECLINED,
    WaitingOffered.name: Occasion.OFFERED,
    BookingHeld.name: Occasion.INQUIRED,
    InstalmentReminded.name: Occasion.DUE_SOON,
    InstalmentLate.name: Occasion.OVERDUE,
}


@attrs.frozen(kw_only=True)
class SendBookingMessage:
    """What the job has to know; whom to write to and what about is read when it runs."""

    JOB: ClassVar[str] = "send_booking_message"

    event_id: EventId
    event: str
    booking_id: BookingId
    occurred_at: datetime

    @property
    def job(self) -> Job:
        payload = {
            "event_id": str(self.event_id),
            "event": self.event,
            "booking_id": str(self.booking_id),
            "occurred_at": self.occurred_at.isoformat(),
        }
        return Job(name=self.JOB, payload=payload)

    @classmethod
    def of(cls, job: Job) -> "SendBookingMessage":
        return cls(
            event_id=EventId(UUID(str(job.payload["event_id"]))),
            event=str(job.payload["event"]),
            booking_id=BookingId(UUID(str(job.payload["booking_id"]))),
            occurred_at=datetime.fromisoformat(str(job.payload["occurred_at"])),
        )


@attrs.frozen(kw_only=True)
class SendBookingMessageHandler:
    notices: Notices
    calendar_files: CalendarFiles
    mailer: Mailer
    desks: Desks

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendBookingMessage.of(job)

        async def send() -> bool:
            # Read and sent in one step: the result of a step is stored, a notice must not be.
            notice = await self.notices.of_booking(context.actor, command.booking_id)
            occasion = OCCASIONS[command.event]
            if not notice.is_news_of(occasion):
                return False
            files = self._calendar(notice, occasion, command.occurred_at)
            id = message_to_customer(command.event_id)
            desk = await self.desks.of(context.actor)
            await self.mailer.send(desk.sign(written(notice, occasion, id=id, attachments=files)))
            return True

        await context.step("send", send)

    def _calendar(
        self, notice: BookingNotice, occasion: Occasion, stamped_at: datetime
    ) -> tuple[Attachment, ...]:
        if not occasion.concerns_calendars:
            return ()
        return (self.calendar_files.of(notice, occasion, stamped_at=stamped_at),)
