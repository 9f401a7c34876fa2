"""Calls are scored once they are over, by a job."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.calls.score_call import ScoreCall
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import UseCase
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from domain.calls.events import CallEnded, CallWrapped
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId


@attrs.frozen
class CallsToScore(Subscriber):
    """What is still to be written up is scored when it is."""

    name: ClassVar[str] = "calls_to_score"
    hears: ClassVar[frozenset[str]] = frozenset({CallEnded.name, CallWrapped.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        if event.payload.get("status") != CallStatus.WRAPPING.value:
            work.jobs.enqueue(scoring(CallId(event.subject)))


def scoring(call_id: CallId) -> Job:
    return Job(name=ScoreCallJob.JOB, payload={"call_id": str(call_id)})


@attrs.frozen(kw_only=True)
class ScoreCallJob:
    JOB: ClassVar[str] = "score_call"

    score_call: UseCase[ScoreCall, bool]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        call_id = CallId(UUID(str(job.payload["call_id"])))

        async def score() -> bool:
            return await self.score_call(ScoreCall(actor=context.actor, call_id=call_id))

        await context.step("score", score)
