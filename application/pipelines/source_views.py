"""Data sources as readers see them."""

from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.attempts import Attempt
from domain.pipelines.sources import DataSourceState, Source


@attrs.frozen(kw_only=True)
class SourceMetrics:
    """Of the attempts since a moment. What cannot be computed is None; latencies are of checks."""

    checks: int
    syncs: int
    failed: int
    records: int
    latency_ms: float | None
    slowest_ms: int | None
    sync_ms: float | None
    last_sync_at: datetime | None
    last_success_at: datetime | None

    @property
    def attempts(self) -> int:
        return self.checks + self.syncs

    @property
    def error_rate(self) -> float | None:
        return self.failed / self.attempts if self.attempts else None

    @property
    def success_rate(self) -> float | None:
        return 1 - self.failed / self.attempts if self.attempts else None


class SourceViews(Protocol):
    """Every question names the actor; nobody sees data sources of another organization."""

    async def source(self, actor: Actor, source_id: DataSourceId) -> Source:
        """Raises DataSourceNotFound."""
        ...

    async def sources(
        self, actor: Actor, *, state: DataSourceState | None = None, slice: Slice
    ) -> Page[Source]:
        """Oldest first; in one state, or in any but archived."""
        ...

    async def attempts(
        self, actor: Actor, source_id: DataSourceId, *, slice: Slice
    ) -> Page[Attempt]:
        """Latest first. Raises DataSourceNotFound."""
        ...

    async def metrics(
        self, actor: Actor, source_id: DataSourceId, *, since: datetime
    ) -> SourceMetrics:
        """Raises DataSourceNotFound."""
        ...
