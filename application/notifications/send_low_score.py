"""Tell the owners of a call that went badly; runs as a job."""

from functools import partial
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.notifications.ports import LowScores, Mailer
from domain.kernel.actors import Actor
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

        async def whom() -> list[str]:
            low = await self.low_scores.of_call(context.actor, command.call_id)
            return [] if low is None else [str(owner.member_id) for owner in low.owners]

        # A step each: who has been written to is not written to again for the sake of another.
        for member_id in await context.step("whom", whom):
            await context.step("send", partial(self._send, context.actor, command, member_id))

    async def _send(self, actor: Actor, command: SendLowScore, member_id: str) -> bool:
        # Read and sent in one step: the result of a step is stored, addresses must not be.
        low = await self.low_scores.of_call(actor, command.call_id)
        owners = () if low is None else low.owners
        for owner in owners:
            if low is not None and str(owner.member_id) == member_id:
                id = message_to_owner(command.event_id, owner)
                await self.mailer.send(written_for_owner(low, owner, id=id))
                return True
        return False
