"""Really connect to a data source, and keep what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork, UseCase
from application.pipelines.connecting import Connectors, Origin, Verdict
from application.pipelines.source_ports import SourceWork
from application.pipelines.source_views import SourceViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.attempts import LATEST, Asked, Attempt, health_of
from domain.pipelines.sources import DataSourceState, Source


@attrs.frozen(kw_only=True)
class CheckSource:
    JOB: ClassVar[str] = "check_source"

    actor: Actor
    source_id: DataSourceId
    once: Once["Checked"] | None = None

    @classmethod
    def job(cls, source_id: DataSourceId) -> Job:
        return Job(name=cls.JOB, payload={"data_source_id": str(source_id)})


@attrs.frozen(kw_only=True)
class Checked:
    source: Source
    attempt: Attempt
    verdict: Verdict


@attrs.frozen(kw_only=True)
class CheckSourceHandler:
    """Nothing is locked while it waits for others."""

    unit_of_work: UnitOfWork[SourceWork]
    views: SourceViews
    connectors: Connectors
    clock: Clock
    new_id: NewId
    seconds: Callable[[], float]

    async def __call__(self, command: CheckSource, /) -> Checked:
        """Raises DataSourceNotFound, or WrongSourceState if it is archived."""
        actor = command.actor
        source = await self.views.source(actor, command.source_id)
        source.must_not_be_archived()
        at, began = self.clock(), self.seconds()
        within = timedelta(seconds=source.connection.timeout_seconds)
        verdict = await self.connectors.of(source.kind).validate(
            origin_of(actor, source), within=within
        )
        attempt = Attempt(
            id=self.new_id(),
            data_source_id=source.id,
            asked=Asked.CHECK,
            at=at,
            milliseconds=max(0, round((self.seconds() - began) * 1000)),
            reason=None if verdict.reachable else verdict.detail or "unreachable",
            version=verdict.version,
            clock_difference_ms=verdict.clock_difference_ms,
        )

        def keep(work: SourceWork) -> Checked:
            now = self.clock()
            current = noted(work, attempt, now=now)
            # Of another address by now, nothing is known.
            if attempt.succeeded and current.connection == source.connection:
                current = current.verified(now=now)
            return Checked(source=work.sources.save(current), attempt=attempt, verdict=verdict)

        return await self.unit_of_work(actor, keep, once=command.once)


@attrs.frozen(kw_only=True)
class CheckSourceAsJob:
    check: UseCase[CheckSource, Checked]
    views: SourceViews

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        source_id = DataSourceId(UUID(str(job.payload["data_source_id"])))
        source = await self.views.source(context.actor, source_id)
        if source.state is not DataSourceState.ARCHIVED:
            await self.check(CheckSource(actor=context.actor, source_id=source_id))


def origin_of(actor: Actor, source: Source) -> Origin:
    return Origin(
        organization_id=actor.organization_id, id=source.id, connection=source.connection
    )


def noted(work: SourceWork, attempt: Attempt, *, now: datetime) -> Source:
    """The source, not yet saved, as well as the attempt leaves it; for whoever reads from it."""
    work.attempts.add(attempt)
    health = health_of(work.attempts.latest(attempt.data_source_id, limit=LATEST))
    return work.sources.get(attempt.data_source_id).asked(health=health, now=now)
