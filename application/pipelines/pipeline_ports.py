"""What pipelines and their runs need from storage."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

import attrs

from application.kernel.jobs import JobQueue
from application.kernel.rows import Row, RowRefused
from application.pipelines.source_ports import Attempts
from domain.kernel.identifiers import DataSourceId, OrganizationId, PipelineId, RunId
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Edition, Pipeline
from domain.pipelines.posted_events import PostedEvent
from domain.pipelines.records import Record
from domain.pipelines.runs import Run
from domain.pipelines.sources import Source


class Pipelines(Protocol):
    def get(self, pipeline_id: PipelineId) -> Pipeline:
        """Archived or not. Raises PipelineNotFound."""
        ...

    def of_source(self, source_id: DataSourceId) -> Sequence[PipelineId]:
        """Active ones without a schedule of their own."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[PipelineId]:
        """Those that are to run by now, the longest due first."""
        ...

    def edition(self, pipeline_id: PipelineId, number: int) -> Edition:
        """Raises PipelineEditionNotFound."""
        ...

    def save(self, pipeline: Pipeline) -> Pipeline:
        """Stores it with its edition, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or EventKindFed if another takes the same events, at
        the latest when the unit of work ends.
        """
        ...


class Runs(Protocol):
    def get(self, run_id: RunId) -> Run:
        """Raises RunNotFound."""
        ...

    def under_way(self, pipeline_id: PipelineId) -> Run | None: ...

    def save(self, run: Run) -> Run:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or RunUnderWay if its pipeline has another that is
        not over, at the latest when the unit of work ends.
        """
        ...


@attrs.frozen
class Kept:
    """What was taken of a row, as a digest."""

    digest: str
    vanished: bool = False


class KeptRows(Protocol):
    """What a pipeline has brought, by the name that it has in its source."""

    def known(self, pipeline_id: PipelineId, keys: Collection[UUID]) -> Mapping[UUID, Kept]: ...

    def count(self, pipeline_id: PipelineId) -> int:
        """But for those that have vanished."""
        ...

    def keep(self, pipeline_id: PipelineId, digests: Mapping[UUID, str]) -> None: ...

    def note_seen(self, run_id: RunId, page: int, keys: Sequence[UUID]) -> None:
        """In one row, however many they are."""
        ...

    def unseen(self, pipeline_id: PipelineId, run_id: RunId) -> Sequence[UUID]:
        """What was known and not seen by the run."""
        ...

    def mark_vanished(self, pipeline_id: PipelineId, keys: Sequence[UUID]) -> None: ...

    def forget_seen(self, run_id: RunId) -> None: ...


@attrs.frozen(kw_only=True)
class Quarantined:
    """A row that was not taken, and why. Without a record there is nothing to try again."""

    key: UUID
    name: str
    code: str
    field: str
    detail: str
    record: Record | None = attrs.field(default=None, repr=False)


class Quarantine(Protocol):
    def put(
        self, pipeline_id: PipelineId, run_id: RunId, rows: Sequence[Quarantined], *, now: datetime
    ) -> None:
        """What is there already is there for the reason it has now."""
        ...

    def release(self, pipeline_id: PipelineId, keys: Collection[UUID]) -> None: ...


class Level(Enum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class RunLog(Protocol):
    def note(
        self, run_id: RunId, level: Level, what: str, *, at: datetime, **details: Any
    ) -> None: ...


class KnownSources(Protocol):
    def get(self, source_id: DataSourceId) -> Source:
        """Raises DataSourceNotFound."""
        ...

    def save(self, source: Source) -> Source:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class PostedEvents(Protocol):
    def put(self, events: Sequence[PostedEvent], *, now: datetime) -> int:
        """How many of them were not there yet."""
        ...

    def wake(self, kinds: Collection[str], *, now: datetime) -> None:
        """Active pipelines that take events of these kinds are due by now."""
        ...

    def take(self, keys: Collection[UUID], *, now: datetime) -> None:
        """They wait no longer, and what they said is gone."""
        ...


class PipelineWork(Protocol):
    """All that one transaction about pipelines may touch, beside what the rows become."""

    @property
    def pipelines(self) -> Pipelines: ...

    @property
    def runs(self) -> Runs: ...

    @property
    def rows(self) -> KeptRows: ...

    @property
    def quarantine(self) -> Quarantine: ...

    @property
    def log(self) -> RunLog: ...

    @property
    def posted(self) -> PostedEvents: ...

    @property
    def data_sources(self) -> KnownSources: ...

    @property
    def attempts(self) -> Attempts: ...

    @property
    def jobs(self) -> JobQueue: ...


class TakingRows(Protocol):
    """Takes rows in the caller's transaction, many with one statement; returns the bad ones."""

    def __call__(
        self, work: Any, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]: ...


class Understanding(Protocol):
    """What a record says, by what it is to become; or why that is not accepted."""

    def __call__(
        self, target: ImportTarget, line: int, tree: Record, owner: OrganizationId, /
    ) -> Row | RowRefused: ...


class Digest(Protocol):
    """The same for records that say the same."""

    def __call__(self, record: Record, /) -> str: ...
