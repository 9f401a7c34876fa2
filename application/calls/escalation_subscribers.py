"""Which events of calls escalations follow."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.calls.close_escalation_of import CloseEscalationOf
from application.calls.pull_triggers import PullTriggers
from application.calls.put_through import PutThrough
from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import UseCase
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_events import EscalationAccepted
from domain.calls.events import CallEnded
from domain.calls.quality_events import CallLinesAdded
from domain.kernel.identifiers import AgentId, CallId, EscalationId


@attrs.frozen
class EndedCalls(Subscriber):
    """Whoever hangs up leaves nobody waiting, and no agent engaged."""

    name: ClassVar[str] = "escalations_of_ended_calls"
    hears: ClassVar[frozenset[str]] = frozenset({CallEnded.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        work.jobs.enqueue(CloseEscalationOf.job(event.subject))


@attrs.frozen(kw_only=True)
class CloseEscalationJob:
    close: UseCase[CloseEscalationOf, Escalation | None]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        call_id = CallId(UUID(str(job.payload["call_id"])))
        await self.close(CloseEscalationOf(actor=context.actor, call_id=call_id))


@attrs.frozen
class SaidLines(Subscriber):
    """What customers say may be for somebody else to answer."""

    name: ClassVar[str] = "escalations_by_what_is_said"
    hears: ClassVar[frozenset[str]] = frozenset({CallLinesAdded.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        said = event.payload
        call_id = CallId(UUID(str(said["call_id"])))
        work.jobs.enqueue(PullTriggers.job(call_id, first=said["first"], last=said["last"]))


@attrs.frozen(kw_only=True)
class PullTriggersJob:
    pull: UseCase[PullTriggers, Escalation | None]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        await self.pull(
            PullTriggers(
                actor=context.actor,
                call_id=CallId(UUID(str(job.payload["call_id"]))),
                first=int(str(job.payload["first"])),
                last=int(str(job.payload["last"])),
            )
        )


@attrs.frozen
class AcceptedEscalations(Subscriber):
    """The line is asked to put them through."""

    name: ClassVar[str] = "accepted_escalations"
    hears: ClassVar[frozenset[str]] = frozenset({EscalationAccepted.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        work.jobs.enqueue(PutThrough.job(event.subject, str(event.payload["agent_id"])))


@attrs.frozen(kw_only=True)
class PutThroughJob:
    put_through: UseCase[PutThrough, bool]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        escalation_id = EscalationId(UUID(str(job.payload["escalation_id"])))
        agent_id = AgentId(UUID(str(job.payload["agent_id"])))

        async def put_through() -> bool:
            return await self.put_through(
                PutThrough(actor=context.actor, escalation_id=escalation_id, agent_id=agent_id)
            )

        await context.step("put through", put_through)
