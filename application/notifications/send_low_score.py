"""Tell the owners of a call that went badly; runs as a job."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.notifications.ports import LowScores, Mailer
from domain.kernel.identifiers import CallId, EventId
from domain.notifications.low_scores import message_to_owner, written_for_owner


@attrs.frozen(kw_only=True)
class SendLowScore:
    """Whom to write to, and whether it still is low, is read when it runs."""

    JOB: ClassVar[str] = "send_low_score"

    event_id: EventId
    call_id: CallId

    @property
    def job(self) -> Job:
        payload = {"event_id": str(self.event_id), "call_id": str(self.call_id)}
        return Job(name=self.JOB, payload=payload)

    @classmethod
    def of(cls, job: Job) -> "SendLowScore":
        return cls(
            event_id=EventId(UUID(str(job.payload["event_id"]))),
            call_id=CallId(UUID(str(job.payload["call_id"]))),
        )


@attrs.frozen(kw_only=True)
class SendLowScoreHandler:
    low_scores: LowScores
    mailer: Mailer

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendLowScore.of(job)

        async def send() -> int:
            # Read and sent in one step: the result of a step is stored, addresses must not be.
            low = await self.low_scores.of_call(context.actor, command.call_id)
            if low is None:
                return 0
            for owner in low.owners:
                id = message_to_owner(command.event_id, owner)
                await self.mailer.send(written_for_owner(low, owner, id=id))
            return len(low.owners)

        await context.step("send", send)
