"""Tell somebody that nothing is set aside for them any longer; runs as a job."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.notifications.ports import Desks, Mailer, ReleasedBlockNotices
from domain.kernel.identifiers import BlockId, EventId
from domain.notifications.messages import message_to_customer
from domain.notifications.released_blocks import written_to_whom_it_was_for


@attrs.frozen(kw_only=True)
class SendReleasedBlock:
    """Whom to write to is read when it runs; `reason` is why it does not take place, if so."""

    JOB: ClassVar[str] = "send_released_block"

    event_id: EventId
    block_id: BlockId
    reason: str | None

    @property
    def job(self) -> Job:
        payload = {
            "event_id": str(self.event_id),
            "block_id": str(self.block_id),
            "reason": self.reason,
        }
        return Job(name=self.JOB, payload=payload)

    @classmethod
    def of(cls, job: Job) -> "SendReleasedBlock":
        reason = job.payload["reason"]
        return cls(
            event_id=EventId(UUID(str(job.payload["event_id"]))),
            block_id=BlockId(UUID(str(job.payload["block_id"]))),
            reason=None if reason is None else str(reason),
        )


@attrs.frozen(kw_only=True)
class SendReleasedBlockHandler:
    notices: ReleasedBlockNotices
    mailer: Mailer
    desks: Desks

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendReleasedBlock.of(job)

        async def send() -> bool:
            # Read and sent in one step: the result of a step is stored, a notice must not be.
            notice = await self.notices.of_block(context.actor, command.block_id)
            if notice is None:
                return False
            id = message_to_customer(command.event_id)
            letter = written_to_whom_it_was_for(notice, id=id, reason=command.reason)
            desk = await self.desks.of(context.actor)
            await self.mailer.send(desk.sign(letter))
            return True

        await context.step("send", send)
