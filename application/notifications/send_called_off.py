"""Tell somebody that what they waited for does not take place; runs as a job."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.notifications.ports import CalledOffNotices, Desks, Mailer
from domain.kernel.identifiers import EventId, WaitingId
from domain.notifications.called_off import written_to_who_waited
from domain.notifications.messages import message_to_customer


@attrs.frozen(kw_only=True)
class SendCalledOff:
    """Whom to write to and what about is read when it runs."""

    JOB: ClassVar[str] = "send_called_off"

    event_id: EventId
    waiting_id: WaitingId

    @property
    def job(self) -> Job:
        payload = {"event_id": str(self.event_id), "waiting_id": str(self.waiting_id)}
        return Job(name=self.JOB, payload=payload)

    @classmethod
    def of(cls, job: Job) -> "SendCalledOff":
        return cls(
            event_id=EventId(UUID(str(job.payload["event_id"]))),
            waiting_id=WaitingId(UUID(str(job.payload["waiting_id"]))),
        )


@attrs.frozen(kw_only=True)
class SendCalledOffHandler:
    notices: CalledOffNotices
    mailer: Mailer
    desks: Desks

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendCalledOff.of(job)

        async def send() -> bool:
            # Read and sent in one step: the result of a step is stored, a notice must not be.
            notice = await self.notices.of_entry(context.actor, command.waiting_id)
            if notice is None:
                return False
            id = message_to_customer(command.event_id)
            desk = await self.desks.of(context.actor)
            await self.mailer.send(desk.sign(written_to_who_waited(notice, id=id)))
            return True

        await context.step("send", send)
