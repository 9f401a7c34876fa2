"""Runs of pipelines: how far each is, and what has become of its rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import PipelineId, RunId
from domain.kernel.refusals import Conflict, NotFound
from domain.pipelines.pipeline import Policy
from domain.pipelines.pipeline_events import (
    RunEnded,
    RunEvent,
    RunPaused,
    RunQueued,
    RunResumed,
)
from domain.pipelines.ranges import Range

LEASE = timedelta(minutes=2)
FEW = 10
"""Bad rows that are too few to say anything about a source."""
MOST_VANISHED_PERCENT = 10
LONGEST_PAUSE = timedelta(minutes=5)


class PipelineRunState(Enum):
    QUEUED = "queued"
    CONNECTING = "connecting"
    DISCOVERING = "discovering"
    SYNCING = "syncing"
    RECONCILING = "reconciling"
    BACKING_OFF = "backing_off"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset(
    {
        PipelineRunState.SUCCEEDED,
        PipelineRunState.PARTIAL,
        PipelineRunState.FAILED,
        PipelineRunState.CANCELLED,
    }
)
AT_WORK = frozenset(PipelineRunState) - ENDED - {PipelineRunState.PAUSED}


class RunKind(Enum):
    """A backfill reads a range, a replay what is in quarantine; others begin where they did."""

    FULL = "full"
    INCREMENTAL = "incremental"
    BACKFILL = "backfill"
    REPLAY = "replay"


@attrs.frozen
class RunNotFound(NotFound):
    code: ClassVar[str] = "run_not_found"
    run_id: RunId

    def __str__(self) -> str:
        return f"no run {self.run_id}"


@attrs.frozen
class RunUnderWay(Conflict):
    """There is one at a time of each pipeline."""

    code: ClassVar[str] = "run_under_way"
    run_id: RunId

    def __str__(self) -> str:
        return f"the pipeline has a run under way: {self.run_id}"


@attrs.frozen
class WrongRunState(Conflict):
    code: ClassVar[str] = "wrong_run_state"
    state: str

    def __str__(self) -> str:
        return f"that cannot be done with a run that is {self.state}"


@attrs.frozen(kw_only=True)
class Counts:
    """Of rows, by what became of them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: int = 0
    quarantined: int = 0
    deleted: int = 0
    left_out: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        ours, theirs = attrs.asdict(self), attrs.asdict(other)
        return Counts(**{name: ours[name] + theirs[name] for name in ours})

    @property
    def read(self) -> int:
        return self.new + self.changed + self.unchanged + self.bad + self.left_out

    @property
    def bad(self) -> int:
        return self.conflicts + self.quarantined

    def are_too_bad(self, most_percent: int) -> bool:
        return self.bad >= FEW and 100 * self.bad > most_percent * self.read


@attrs.frozen(kw_only=True)
class Run:
    """`cursor` is where the next page begins, of which `pages` are done. `lease` is whose it is.

    `later` is where a later run may begin, `known_before` how many rows the pipeline knew. What a
    `whole` one has not seen is gone.
    """

    id: RunId
    pipeline_id: PipelineId
    edition: int
    kind: RunKind
    state: PipelineRunState
    queued_at: datetime
    parent_id: RunId | None = None
    range: Range | None = None
    whole: bool = False
    cursor: Mapping[str, Any] | None = None
    later: Mapping[str, Any] | None = None
    pages: int = 0
    counts: Counts = Counts()
    known_before: int = 0
    lease: UUID | None = None
    leased_until: datetime | None = None
    attempts: int = 0
    retry_at: datetime | None = None
    reason: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    def queued(self) -> "Run":
        return self.telling(RunQueued, self.queued_at, kind=self.kind.value)

    @property
    def is_over(self) -> bool:
        return self.state in ENDED

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    def rows_a_second(self, now: datetime) -> float | None:
        """On average since it began, pauses and all; None as long as no time has passed."""
        seconds = self._seconds(now)
        return self.counts.read / seconds if seconds > 0 else None

    def seconds_left(self, now: datetime) -> float | None:
        """If it goes on like that, and has as many rows as were known; None if nobody knows."""
        if self.is_over:
            return 0.0
        rate, left = self.rows_a_second(now), self.known_before - self.counts.read
        return left / rate if rate and self.whole and left > 0 else None

    def _seconds(self, now: datetime) -> float:
        if self.started_at is None:
            return 0.0
        return ((self.ended_at or now) - self.started_at).total_seconds()

    def is_anothers(self, lease: UUID, now: datetime) -> bool:
        if self.lease in (None, lease) or self.leased_until is None:
            return False
        return self.leased_until > now

    def taken(self, lease: UUID, *, now: datetime) -> "Run":
        """By whoever goes on with it, from where it is."""
        begun = PipelineRunState.SYNCING if self.pages else PipelineRunState.CONNECTING
        goes_on = self.state is PipelineRunState.RECONCILING
        return attrs.evolve(
            self,
            state=self.state if goes_on else begun,
            lease=lease,
            leased_until=now + LEASE,
            retry_at=None,
            started_at=self.started_at or now,
        )

    def connected(self, *, now: datetime) -> "Run":
        return attrs.evolve(self, state=PipelineRunState.DISCOVERING, leased_until=now + LEASE)

    def advanced(
        self,
        counts: Counts,
        *,
        cursor: Mapping[str, Any] | None,
        later: Mapping[str, Any] | None,
        now: datetime,
    ) -> "Run":
        """A page is done; it was the last one if there is no cursor."""
        return attrs.evolve(
            self,
            state=PipelineRunState.RECONCILING if cursor is None else PipelineRunState.SYNCING,
            cursor=cursor,
            later=later or self.later,
            pages=self.pages + 1,
            counts=self.counts + counts,
            attempts=0,
            leased_until=now + LEASE,
        )

    def put_off(self, policy: Policy, why: str, *, least: timedelta, now: datetime) -> "Run":
        """It goes on later, unless that was tried often enough."""
        if self.attempts >= policy.retries:
            return self.ended(PipelineRunState.FAILED, why, now=now)
        doubled = timedelta(seconds=policy.retry_seconds) * 2**self.attempts
        wait = max(min(doubled, LONGEST_PAUSE), min(least, LONGEST_PAUSE))
        return attrs.evolve(
            self,
            state=PipelineRunState.BACKING_OFF,
            attempts=self.attempts + 1,
            retry_at=now + wait,
            leased_until=now + wait + LEASE,
            reason=why,
        )

    def finished(self, deleted: int, *, guarded: bool, now: datetime) -> "Run":
        """`guarded` says that more was gone than can be true: then none of it was taken away."""
        counts = attrs.evolve(self.counts, deleted=deleted)
        reason = "too_many_vanished" if guarded else "rows_quarantined" if counts.bad else None
        state = PipelineRunState.SUCCEEDED if reason is None else PipelineRunState.PARTIAL
        return attrs.evolve(self, counts=counts).ended(state, reason, now=now)

    def ended(self, state: PipelineRunState, reason: str | None, *, now: datetime) -> "Run":
        over = attrs.evolve(
            self,
            state=state,
            reason=reason,
            ended_at=now,
            lease=None,
            leased_until=None,
            retry_at=None,
        )
        return over.telling(
            RunEnded, now, state=state.value, reason=reason, **attrs.asdict(over.counts)
        )

    def paused(self, *, now: datetime) -> "Run":
        if not self.is_at_work:
            raise WrongRunState(self.state.value)
        return attrs.evolve(self, state=PipelineRunState.PAUSED, retry_at=None).telling(
            RunPaused, now
        )

    def resumed(self, *, now: datetime) -> "Run":
        if self.state is not PipelineRunState.PAUSED:
            raise WrongRunState(self.state.value)
        return attrs.evolve(self, state=PipelineRunState.QUEUED, attempts=0).telling(
            RunResumed, now
        )

    def cancelled(self, *, now: datetime) -> "Run":
        """What was taken stays taken."""
        if self.is_over:
            raise WrongRunState(self.state.value)
        return self.ended(PipelineRunState.CANCELLED, None, now=now)

    def telling(self, fact: type[RunEvent], now: datetime, **said: Any) -> "Run":
        """So that it is known once it is saved."""
        told = fact(pipeline_id=self.pipeline_id, run_id=self.id, occurred_at=now, **said)
        return attrs.evolve(self, events=(*self.events, told))


def too_many_vanished(known: int, vanished: int) -> bool:
    return vanished >= FEW and 100 * vanished > MOST_VANISHED_PERCENT * known
