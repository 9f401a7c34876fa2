"""Deal with what a provider has said: ask what there is to it, and take note of that."""

from collections.abc import Callable
from typing import ClassVar

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import UnitOfWork, UseCase
from application.payments.gateway import PaymentProviderDown
from application.payments.hear import Hear
from application.payments.ports import PaymentWork, StoredEvent, Treatment
from domain.kernel.actors import Actor
from domain.kernel.refusals import Refusal
from domain.payments.provider import ProviderEvent


@attrs.frozen(kw_only=True)
class ApplyEvent:
    JOB: ClassVar[str] = "apply_provider_event"

    actor: Actor
    provider: str
    event_id: str

    @classmethod
    def job(cls, provider: str, event_id: str) -> Job:
        return Job(name=cls.JOB, payload={"provider": provider, "event_id": event_id})


@attrs.frozen(kw_only=True)
class ApplyEventHandler:
    """What cannot be dealt with is parked after `patience` tries, for somebody to look at."""

    patience: ClassVar[int] = 5

    unit_of_work: UnitOfWork[PaymentWork]
    hear: UseCase[Hear, bool]

    async def __call__(self, command: ApplyEvent, /) -> Treatment:
        """Raises what went wrong as long as trying again may help."""
        stored = await self._stored(command)
        if stored.treatment in {Treatment.APPLIED, Treatment.IGNORED}:
            return stored.treatment
        try:
            treatment = await self._deal_with(command.actor, stored.event)
        except Exception as error:
            if await self._failed(command, error) is Treatment.PARKED:
                return Treatment.PARKED
            raise
        await self._becomes(command, lambda one: attrs.evolve(one, treatment=treatment))
        return treatment

    async def _deal_with(self, actor: Actor, event: ProviderEvent) -> Treatment:
        if event.subject is None:
            return Treatment.IGNORED
        heard = Hear(actor=actor, subject=event.subject, reference=event.reference)
        return Treatment.APPLIED if await self.hear(heard) else Treatment.IGNORED

    async def _stored(self, command: ApplyEvent) -> StoredEvent:
        return await self._becomes(command, lambda stored: stored)

    async def _failed(self, command: ApplyEvent, error: Exception) -> Treatment:
        """A provider that is down is no fault of the event."""
        problem = str(error) if isinstance(error, Refusal) else type(error).__name__
        counts = not isinstance(error, PaymentProviderDown)

        def failed(stored: StoredEvent) -> StoredEvent:
            attempts = stored.attempts + counts
            given_up = attempts >= self.patience
            treatment = Treatment.PARKED if given_up else Treatment.RECEIVED
            return attrs.evolve(stored, attempts=attempts, problem=problem, treatment=treatment)

        return (await self._becomes(command, failed)).treatment

    async def _becomes(
        self, command: ApplyEvent, change: Callable[[StoredEvent], StoredEvent]
    ) -> StoredEvent:
        def decide(work: PaymentWork) -> StoredEvent:
            stored = work.provider_events.locked(command.provider, command.event_id)
            changed = change(stored)
            if changed != stored:
                work.provider_events.save(changed)
            return changed

        return await self.unit_of_work(command.actor, decide)


@attrs.frozen(kw_only=True)
class ApplyEventJob:
    apply: UseCase[ApplyEvent, Treatment]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = ApplyEvent(
            actor=context.actor,
            provider=str(job.payload["provider"]),
            event_id=str(job.payload["event_id"]),
        )

        async def apply() -> str:
            return (await self.apply(command)).value

        await context.step("apply", apply)


@attrs.frozen(kw_only=True)
class ReplayEventHandler:
    """Somebody has seen to what was wrong: it is dealt with once more."""

    unit_of_work: UnitOfWork[PaymentWork]

    async def __call__(self, command: ApplyEvent, /) -> StoredEvent:
        """Raises ProviderEventNotFound. What has been dealt with is left alone."""

        def replay(work: PaymentWork) -> StoredEvent:
            stored = work.provider_events.locked(command.provider, command.event_id)
            if stored.treatment is not Treatment.PARKED:
                return stored
            again = attrs.evolve(stored, treatment=Treatment.RECEIVED, attempts=0)
            work.provider_events.save(again)
            work.jobs.enqueue(ApplyEvent.job(command.provider, command.event_id))
            return again

        return await self.unit_of_work(command.actor, replay)
