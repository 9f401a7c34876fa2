"""Exports: a report as a file, made in the background and kept for a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.analytics.export_events import (
    ExportCancelled,
    ExportCompleted,
    ExportDeleted,
    ExportEvent,
    ExportFailed,
    ExportRequested,
    ExportTaken,
)
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor, Permission
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, ExportId, OrganizationId
from domain.kernel.periods import Period, Zone
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class ExportNotFound(NotFound):
    code: ClassVar[str] = "export_not_found"
    export_id: ExportId

    def __str__(self) -> str:
        return f"no export {self.export_id}"


@attrs.frozen
class ExportNotReady(Conflict):
    code: ClassVar[str] = "export_not_ready"
    state: str

    def __str__(self) -> str:
        return f"there is no file: the export is {self.state}"


@attrs.frozen
class ExportOver(Conflict):
    code: ClassVar[str] = "export_over"
    state: str

    def __str__(self) -> str:
        return f"the export is {self.state} already"


class ExportFormat(Enum):
    """Rows of the first two are written one after the other; the others are made of all rows."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"
    PDF = "pdf"


class ExportState(Enum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class Ordered:
    """What was asked for, and what whoever asked may see: the file shows that and no more."""

    report: str
    format: ExportFormat
    period: Period
    zone: Zone
    interval: Granularity | None
    filters: Mapping[str, str]
    by: ActorId
    permissions: frozenset[Permission]

    def actor(self, organization_id: OrganizationId) -> Actor:
        return Actor(organization_id=organization_id, id=self.by, permissions=self.permissions)


@attrs.frozen(kw_only=True)
class Export:
    """`rows` have been read, up to the key `after`; the file so far has `parts` and `size` bytes.

    Rows that are yet to become a file wait in parts of their own, as many as `waiting`.
    """

    id: ExportId
    ordered: Ordered
    state: ExportState
    requested_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    rows: int = 0
    after: tuple[str, ...] | None = None
    all_read: bool = False
    waiting: int = 0
    parts: int = 0
    size: int = 0
    problem: str | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def request(
        cls, id: ExportId, ordered: Ordered, *, now: datetime, kept_for: timedelta
    ) -> "Export":
        requested = cls(
            id=id,
            ordered=ordered,
            state=ExportState.RUNNING,
            requested_at=now,
            expires_at=now + kept_for,
        )
        return _told(
            requested,
            ExportRequested,
            now,
            starts_at=ordered.period.starts_at,
            ends_at=ordered.period.ends_at,
            filters=tuple(sorted(ordered.filters)),
        )

    @property
    def is_over(self) -> bool:
        return self.state is not ExportState.RUNNING

    @property
    def filename(self) -> str:
        return f"{self.ordered.report}-{self.requested_at:%Y-%m-%d}.{self.ordered.format.value}"

    def read(self, *, rows: int, after: tuple[str, ...] | None) -> "Export":
        """So many more rows, behind which it goes on at `after`; with None, those were all."""
        return attrs.evolve(self, rows=self.rows + rows, after=after, all_read=after is None)

    def written(self, size: int) -> "Export":
        """One more part of the file."""
        return attrs.evolve(self, parts=self.parts + 1, size=self.size + size)

    def put_by(self) -> "Export":
        """One more part of rows for the file."""
        return attrs.evolve(self, waiting=self.waiting + 1)

    def begun_again(self) -> "Export":
        """Of the file there is nothing yet."""
        return attrs.evolve(self, parts=0, size=0)

    def complete(self, *, now: datetime) -> "Export":
        done = attrs.evolve(self, state=ExportState.COMPLETED, ended_at=now, waiting=0)
        return _told(done, ExportCompleted, now, rows=self.rows, size=self.size)

    def fail(self, problem: str, *, now: datetime) -> "Export":
        failed = self._without_file(ExportState.FAILED, now, problem)
        return _told(failed, ExportFailed, now, problem=problem)

    def cancel(self, *, now: datetime) -> "Export":
        """Raises ExportOver."""
        if self.is_over:
            raise ExportOver(self.state.value)
        return _told(self._without_file(ExportState.CANCELLED, now), ExportCancelled, now)

    def delete(self, *, now: datetime) -> "Export":
        return _told(self, ExportDeleted, now)

    def taken(self, *, now: datetime) -> "Export":
        """Raises ExportNotReady, or ExportNotFound of what is only there until it is deleted."""
        if now >= self.expires_at:
            raise ExportNotFound(self.id)
        if self.state is not ExportState.COMPLETED:
            raise ExportNotReady(self.state.value)
        return _told(self, ExportTaken, now)

    def _without_file(
        self, state: ExportState, now: datetime, problem: str | None = None
    ) -> "Export":
        return attrs.evolve(
            self, state=state, ended_at=now, problem=problem, waiting=0, parts=0, size=0
        )


def _told(export: Export, fact: type[ExportEvent], now: datetime, **members: object) -> Export:
    told = fact(
        export_id=export.id,
        report=export.ordered.report,
        format=export.ordered.format.value,
        occurred_at=now,
        **members,
    )
    return attrs.evolve(export, events=(*export.events, told))
