"""How long somebody may wait for an answer, counted while the desk is open."""

from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.business_hours import BusinessHours
from domain.kernel.refusals import Conflict

WHOLE = 100


class ClockState(Enum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


@attrs.frozen
class ClockNotRunning(Conflict):
    code: ClassVar[str] = "clock_not_running"
    state: str

    def __str__(self) -> str:
        return f"the clock is {self.state}"


@attrs.frozen
class ClockNotPaused(Conflict):
    code: ClassVar[str] = "clock_not_paused"
    state: str

    def __str__(self) -> str:
        return f"the clock is {self.state}"


@attrs.frozen(kw_only=True)
class SlaPolicy:
    """An answer within so much business time; a warning when so many percent of it have gone."""

    hours: BusinessHours
    answer_within: timedelta
    warn_at_percent: int


@attrs.frozen(kw_only=True)
class SlaClock:
    """`due_at` and `warn_at` are known while it runs; `left` is what was left when it was started.

    A breached clock stays breached: neither a pause nor an answer that comes later mends it.
    """

    state: ClockState
    since: datetime
    left: timedelta
    due_at: datetime | None
    warn_at: datetime | None
    warned: bool = False
    breached: bool = False

    @classmethod
    def start(cls, policy: SlaPolicy, *, now: datetime) -> "SlaClock":
        return cls(
            state=ClockState.RUNNING,
            since=now,
            left=policy.answer_within,
            due_at=policy.hours.after(now, policy.answer_within),
            warn_at=policy.hours.after(now, policy.answer_within * policy.warn_at_percent / WHOLE),
        )

    def pause(self, policy: SlaPolicy, *, now: datetime) -> "SlaClock":
        """Whoever has waited too long may be away for a moment, too. Raises ClockNotRunning."""
        if self.state is ClockState.BREACHED:
            return attrs.evolve(self, state=ClockState.PAUSED, since=now, breached=True)
        if self.state is not ClockState.RUNNING:
            raise ClockNotRunning(self.state.value)
        left = max(self.left - policy.hours.between(self.since, now), timedelta())
        return attrs.evolve(
            self, state=ClockState.PAUSED, since=now, left=left, due_at=None, warn_at=None
        )

    def resume(self, policy: SlaPolicy, *, now: datetime) -> "SlaClock":
        """Raises ClockNotPaused."""
        if self.state is not ClockState.PAUSED:
            raise ClockNotPaused(self.state.value)
        if self.breached:
            return attrs.evolve(self, state=ClockState.BREACHED, since=now)
        unwarned = policy.answer_within * (WHOLE - policy.warn_at_percent) / WHOLE
        return attrs.evolve(
            self,
            state=ClockState.RUNNING,
            since=now,
            due_at=policy.hours.after(now, self.left),
            warn_at=policy.hours.after(now, max(self.left - unwarned, timedelta())),
        )

    def warn(self) -> "SlaClock":
        return attrs.evolve(self, warned=True)

    def breach(self) -> "SlaClock":
        return attrs.evolve(self, state=ClockState.BREACHED, breached=True)

    def answered(self, *, now: datetime) -> "SlaClock":
        """Met, unless it was due before; what has been breached stays that."""
        if self.is_overdue(now=now):
            return self.breach()
        return self._stopped(ClockState.MET)

    def cancel(self) -> "SlaClock":
        return self._stopped(ClockState.CANCELLED)

    def is_overdue(self, *, now: datetime) -> bool:
        return self.state is ClockState.RUNNING and self.due_at is not None and now >= self.due_at

    def is_to_be_warned_of(self, *, now: datetime) -> bool:
        running = self.state is ClockState.RUNNING and not self.warned
        return running and self.warn_at is not None and now >= self.warn_at

    @property
    def next_at(self) -> datetime | None:
        """When there will be something to tell, if nothing happens until then."""
        if self.state is not ClockState.RUNNING:
            return None
        return self.due_at if self.warned else self.warn_at

    def _stopped(self, state: ClockState) -> "SlaClock":
        if self.state not in {ClockState.RUNNING, ClockState.PAUSED}:
            return self
        return attrs.evolve(self, state=ClockState.BREACHED if self.breached else state)
