"""Pipelines: from a source by steps into what there is, said in editions."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import DataSourceId, PipelineId
from domain.kernel.refusals import Conflict, Invalid, NotFound
from domain.kernel.schedules import CronSchedule
from domain.pipelines.definition import Definition
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline_events import (
    PipelineAdded,
    PipelineChanged,
    PipelineEvent,
    PipelineRestored,
    PipelineStateChanged,
)


@attrs.frozen
class PipelineNotFound(NotFound):
    code: ClassVar[str] = "pipeline_not_found"
    pipeline_id: PipelineId

    def __str__(self) -> str:
        return f"no pipeline {self.pipeline_id}"


@attrs.frozen
class PipelineEditionNotFound(NotFound):
    code: ClassVar[str] = "pipeline_edition_not_found"
    pipeline_id: PipelineId
    edition: int

    def __str__(self) -> str:
        return f"pipeline {self.pipeline_id} has no edition {self.edition}"


@attrs.frozen
class BadFeed(Invalid):
    code: ClassVar[str] = "bad_feed"
    field: ClassVar[str] = "source_id"

    def __str__(self) -> str:
        return "a pipeline reads a data source, or events of one kind that are posted"


@attrs.frozen
class EventKindFed(Conflict):
    """Each event is taken once."""

    code: ClassVar[str] = "event_kind_fed"
    event_kind: str

    def __str__(self) -> str:
        return f"another pipeline takes the events called {self.event_kind}"


class PipelineState(Enum):
    """A paused one begins no run; an archived one never will again."""

    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


@attrs.frozen
class WrongPipelineState(Conflict):
    code: ClassVar[str] = "wrong_pipeline_state"
    pipeline_id: PipelineId
    state: str

    def __str__(self) -> str:
        return f"that cannot be done with a pipeline that is {self.state}"


class Reading(Enum):
    """All that the source has each time, or what is new since a run came to its end."""

    FULL = "full"
    INCREMENTAL = "incremental"


@attrs.frozen(kw_only=True)
class Policy:
    """A run ends when more than `most_bad_percent` of its rows are bad.

    A source that cannot be reached is asked again `retries` times, the first time after
    `retry_seconds`, then after twice that, and so on.
    """

    reading: Reading = Reading.FULL
    most_bad_percent: int = 10
    retries: int = 5
    retry_seconds: int = 10


@attrs.frozen(kw_only=True)
class Edition:
    """What is done with each record, numbered from 1; it never changes."""

    number: int
    definition: Definition
    made_at: datetime


@attrs.frozen(kw_only=True)
class Pipeline:
    """Without a source its records are events that were posted, of the kind that it names.

    `later` is where the next run begins that only wants what is new.
    """

    id: PipelineId
    name: str
    target: ImportTarget
    edition: Edition
    source_id: DataSourceId | None = None
    event_kind: str | None = None
    policy: Policy = Policy()
    schedule: CronSchedule | None = None
    next_run_at: datetime | None = None
    later: Mapping[str, Any] | None = None
    state: PipelineState = PipelineState.ACTIVE
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def definition(self) -> Definition:
        return self.edition.definition

    def added(self, *, now: datetime) -> "Pipeline":
        """Raises BadFeed, BadStep or BadPattern."""
        if (self.source_id is None) is (self.event_kind is None):
            raise BadFeed
        self.definition.demand()
        return self.telling(PipelineAdded, now, edition=self.edition.number)

    def changed(
        self,
        *,
        name: str,
        definition: Definition,
        policy: Policy,
        schedule: CronSchedule | None,
        now: datetime,
    ) -> "Pipeline":
        """What is done with records differs: then it is another edition.

        Raises WrongPipelineState, BadStep or BadPattern.
        """
        self.must_not_be_archived()
        definition.demand()
        into = attrs.evolve(self, name=name, policy=policy, schedule=schedule)
        if definition != self.definition:
            into = into.edited(definition, now)
        return into.telling(PipelineChanged, now, edition=into.edition.number)

    def restored(self, edition: Edition, *, now: datetime) -> "Pipeline":
        """Everything is done as in that edition again, which is a new one."""
        self.must_not_be_archived()
        return self.edited(edition.definition, now).telling(
            PipelineRestored, now, edition=self.edition.number + 1, restored=edition.number
        )

    def become(self, state: PipelineState, *, now: datetime) -> "Pipeline":
        """Raises WrongPipelineState."""
        if state is self.state or self.state is PipelineState.ARCHIVED:
            raise WrongPipelineState(self.id, self.state.value)
        into = attrs.evolve(self, state=state)
        return into.telling(PipelineStateChanged, now, was=self.state.value, state=state.value)

    def must_be_active(self) -> None:
        """Raises WrongPipelineState."""
        if self.state is not PipelineState.ACTIVE:
            raise WrongPipelineState(self.id, self.state.value)

    def must_not_be_archived(self) -> None:
        """Raises WrongPipelineState."""
        if self.state is PipelineState.ARCHIVED:
            raise WrongPipelineState(self.id, self.state.value)

    def is_due(self, now: datetime) -> bool:
        return self.next_run_at is not None and self.next_run_at <= now

    def edited(self, definition: Definition, now: datetime) -> "Pipeline":
        """It is an edition of its own."""
        number = self.edition.number + 1
        edition = Edition(number=number, definition=definition, made_at=now)
        return attrs.evolve(self, edition=edition)

    def telling(self, fact: type[PipelineEvent], now: datetime, **said: Any) -> "Pipeline":
        """So that it is known once it is saved."""
        told = fact(pipeline_id=self.id, occurred_at=now, **said)
        return attrs.evolve(self, events=(*self.events, told))
