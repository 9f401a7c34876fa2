"""Say where records come from, say it otherwise, or read them no more."""

from enum import Enum

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.timetables import Timetable
from application.kernel.versions import require_version
from application.pipelines.source_ports import SourceWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId
from domain.kernel.schedules import CronSchedule
from domain.pipelines.source_refusals import TooManyDataSources
from domain.pipelines.sources import Connection, Source


@attrs.frozen(kw_only=True)
class AddSource:
    actor: Actor
    name: str
    connection: Connection
    description: str | None = None
    tags: tuple[str, ...] = ()
    schedule: CronSchedule | None = None
    once: Once[Source] | None = None


@attrs.frozen(kw_only=True)
class AddSourceHandler:
    unit_of_work: UnitOfWork[SourceWork]
    clock: Clock
    new_id: NewId
    timetable: Timetable

    async def __call__(self, command: AddSource, /) -> Source:
        """Raises BadConnection, BadCron or TooManyDataSources."""
        now = self.clock()
        schedule = command.schedule
        source = Source(
            id=DataSourceId(self.new_id()),
            name=command.name,
            connection=command.connection,
            description=command.description,
            tags=command.tags,
            schedule=schedule,
            next_due_at=None if schedule is None else self.timetable.next_after(schedule, now),
        ).added(now=now)

        def add(work: SourceWork) -> Source:
            left = work.sources.places_left()
            if left is not None and left <= 0:
                raise TooManyDataSources(work.sources.most() or 0)
            return work.sources.save(source)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeSource(AddSource):
    """`version` is the one the caller has seen, or None for whichever there is."""

    source_id: DataSourceId
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeSourceHandler:
    unit_of_work: UnitOfWork[SourceWork]
    clock: Clock
    timetable: Timetable

    async def __call__(self, command: ChangeSource, /) -> Source:
        """Raises DataSourceNotFound, BadConnection, BadCron or WrongSourceState."""

        def change(work: SourceWork) -> Source:
            source, now = work.sources.get(command.source_id), self.clock()
            require_version(source.version, command.version)
            into = attrs.evolve(
                source,
                name=command.name,
                connection=command.connection,
                description=command.description,
                tags=command.tags,
                schedule=command.schedule,
            )
            if command.schedule != source.schedule:
                schedule = command.schedule
                due = None if schedule is None else self.timetable.next_after(schedule, now)
                into = attrs.evolve(into, next_due_at=due)
            return work.sources.save(source.changed(into=into, now=now))

        return await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class HandInFile:
    actor: Actor
    source_id: DataSourceId
    content: bytes = attrs.field(repr=False)
    version: int | None


@attrs.frozen(kw_only=True)
class HandInFileHandler:
    unit_of_work: UnitOfWork[SourceWork]
    clock: Clock

    async def __call__(self, command: HandInFile, /) -> Source:
        """Raises DataSourceNotFound, WrongSourceState or BadConnection."""

        def hand_in(work: SourceWork) -> Source:
            source = work.sources.get(command.source_id)
            require_version(source.version, command.version)
            work.files.put(source.id, command.content)
            return work.sources.save(source.handed_in(now=self.clock()))

        return await self.unit_of_work(command.actor, hand_in)


class Turn(Enum):
    ACTIVATE = "activate"
    PAUSE = "pause"
    ARCHIVE = "archive"


@attrs.frozen(kw_only=True)
class SteerSource:
    actor: Actor
    source_id: DataSourceId
    turn: Turn
    version: int | None
    once: Once[Source] | None = None


@attrs.frozen(kw_only=True)
class SteerSourceHandler:
    unit_of_work: UnitOfWork[SourceWork]
    clock: Clock

    async def __call__(self, command: SteerSource, /) -> Source:
        """Raises DataSourceNotFound or WrongSourceState."""

        def steer(work: SourceWork) -> Source:
            source, now = work.sources.get(command.source_id), self.clock()
            require_version(source.version, command.version)
            turns = {
                Turn.ACTIVATE: source.activated,
                Turn.PAUSE: source.paused,
                Turn.ARCHIVE: source.archived,
            }
            if command.turn is Turn.ARCHIVE:
                work.files.forget(source.id)
            return work.sources.save(turns[command.turn](now=now))

        return await self.unit_of_work(command.actor, steer, once=command.once)
