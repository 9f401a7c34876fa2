"""Pipelines and their runs as readers see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import attrs

from application.kernel.pages import Page, Slice
from application.pipelines.pipeline_ports import Level, Quarantined
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PipelineId, RunId
from domain.pipelines.pipeline import Edition, Pipeline
from domain.pipelines.posted_events import PostedEvent
from domain.pipelines.runs import Run


@attrs.frozen(kw_only=True)
class RunNote:
    at: datetime
    level: Level
    what: str
    details: Mapping[str, Any]


@attrs.frozen(kw_only=True)
class PipelineFigures:
    """Of the latest 100 runs that came to an end: how, with how many rows, and how long they took.

    `seconds` is all of them together; `last` is the latest run, `next_run_at` when one is due.
    """

    runs: int
    succeeded: int
    partial: int
    failed: int
    cancelled: int
    processed: int
    refused: int
    seconds: float
    waiting: int
    last: Run | None
    next_run_at: datetime | None

    @property
    def rows_a_second(self) -> float | None:
        """None where no time has passed."""
        return self.processed / self.seconds if self.seconds else None

    @property
    def seconds_a_run(self) -> float | None:
        return self.seconds / self.runs if self.runs else None

    @property
    def share_of_errors(self) -> float | None:
        return self.refused / self.processed if self.processed else None


class PipelineViews(Protocol):
    """Every question names the actor; nobody sees pipelines of another organization."""

    async def pipeline(self, actor: Actor, pipeline_id: PipelineId) -> Pipeline:
        """Raises PipelineNotFound."""
        ...

    async def pipelines(self, actor: Actor, *, slice: Slice) -> Page[Pipeline]:
        """In the order in which they were added, but for archived ones."""
        ...

    async def editions(
        self, actor: Actor, pipeline_id: PipelineId, *, slice: Slice
    ) -> Page[Edition]:
        """The latest first. Raises PipelineNotFound."""
        ...

    async def figures(self, actor: Actor, pipeline_id: PipelineId) -> PipelineFigures:
        """Raises PipelineNotFound."""
        ...

    async def run(self, actor: Actor, run_id: RunId) -> Run:
        """Raises RunNotFound."""
        ...

    async def runs(self, actor: Actor, pipeline_id: PipelineId, *, slice: Slice) -> Page[Run]:
        """The latest first. Raises PipelineNotFound."""
        ...

    async def notes(
        self,
        actor: Actor,
        run_id: RunId,
        *,
        level: Level | None,
        since: datetime | None,
        until: datetime | None,
        slice: Slice,
    ) -> Page[RunNote]:
        """In the order in which they were made. Raises RunNotFound."""
        ...


class QuarantineViews(Protocol):
    async def rows(
        self, actor: Actor, pipeline_id: PipelineId, *, code: str | None, slice: Slice
    ) -> Page[Quarantined]:
        """Those of one code, or all, in no order that says anything. Raises PipelineNotFound."""
        ...

    async def records(
        self, actor: Actor, pipeline_id: PipelineId, *, after: str | None, limit: int
    ) -> Sequence[Quarantined]:
        """With their records, in the same order."""
        ...


@attrs.frozen
class WaitingEvent:
    key: UUID
    event: PostedEvent


@attrs.frozen(kw_only=True)
class KindOfEvents:
    """How many of a kind were posted and are still known, how many wait, and since when."""

    kind: str
    known: int
    waiting: int
    oldest_waiting: datetime | None
    latest: datetime


class PostedViews(Protocol):
    async def waiting(self, actor: Actor, kind: str, *, limit: int) -> Sequence[WaitingEvent]:
        """As they came."""
        ...

    async def kinds(self, actor: Actor) -> Sequence[KindOfEvents]:
        """By name."""
        ...
