"""Tell the instructor at once what somebody needs; runs as a job."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.notifications.ports import Mailer, NeedsToTell
from domain.kernel.identifiers import BookingId, EventId
from domain.notifications.urgent_needs import message_to_instructor, written_for_instructor


@attrs.frozen(kw_only=True)
class SendUrgentNeeds:
    JOB: ClassVar[str] = "send_urgent_needs"

    event_id: EventId
    booking_id: BookingId

    @property
    def job(self) -> Job:
        payload = {"event_id": str(self.event_id), "booking_id": str(self.booking_id)}
        return Job(name=self.JOB, payload=payload)

    @classmethod
    def of(cls, job: Job) -> "SendUrgentNeeds":
        return cls(
            event_id=EventId(UUID(str(job.payload["event_id"]))),
            booking_id=BookingId(UUID(str(job.payload["booking_id"]))),
        )


@attrs.frozen(kw_only=True)
class SendUrgentNeedsHandler:
    needs_to_tell: NeedsToTell
    mailer: Mailer

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendUrgentNeeds.of(job)

        async def send() -> bool:
            # Read and sent in one step: the result of a step is stored, needs must not be.
            needs = await self.needs_to_tell.of_booking(context.actor, command.booking_id)
            if needs is None:
                return False
            id = message_to_instructor(command.event_id)
            await self.mailer.send(written_for_instructor(needs, id=id))
            return True

        await context.step("send", send)
