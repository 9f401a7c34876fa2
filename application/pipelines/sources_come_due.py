"""Tell whose schedule says that it should be read by now."""

import attrs

from application.kernel.ports import Clock, UnitOfWork
from application.kernel.timetables import Timetable
from application.pipelines.check_source import CheckSource
from application.pipelines.source_ports import SourceWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.sources import DataSourceState


@attrs.frozen(kw_only=True)
class SourcesComeDue:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class SourcesComeDueHandler:
    """One transaction each: of two workers, the second finds it due no more.

    That it is due is told, whether it is still there is looked after, and when it is due the next
    time is kept, all together or not at all.
    """

    unit_of_work: UnitOfWork[SourceWork]
    clock: Clock
    timetable: Timetable

    async def __call__(self, command: SourcesComeDue, /) -> int:
        """How many were due; if that is the limit, there may be more."""
        now = self.clock()
        due = await self.unit_of_work(
            command.actor, lambda work: work.sources.due(now=now, limit=command.limit)
        )
        for source_id in due:
            await self._come_due(command.actor, source_id)
        return len(due)

    async def _come_due(self, actor: Actor, source_id: DataSourceId) -> None:
        def come_due(work: SourceWork) -> None:
            source, now = work.sources.get(source_id), self.clock()
            if not source.is_due(now):
                return
            schedule = source.schedule
            following = None if schedule is None else self.timetable.next_after(schedule, now)
            work.sources.save(source.came_due(next_due_at=following, now=now))
            if source.state is DataSourceState.ACTIVE:
                work.jobs.enqueue(CheckSource.job(source_id))

        await self.unit_of_work(actor, come_due)
