"""What readers see of what programs measured, logged and traced."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.kernel.actors import Actor
from domain.kernel.periods import Period
from domain.pipelines.measured import LastMeasured, Measured
from domain.pipelines.telemetry import LogLevel, LogLine, PostedSpan


@attrs.frozen(kw_only=True)
class MeasurementsMeeting:
    """Of one name and one unit; with that value of the label, if one is given."""

    name: str
    unit: str
    label: tuple[str, str] | None = None


@attrs.frozen(kw_only=True)
class LinesMeeting:
    """What is None is not asked for; of `level` and more urgent, with `text` in the message."""

    level: LogLevel | None = None
    source: str | None = None
    trace_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


class MeasurementViews(Protocol):
    async def names(self, actor: Actor, *, slice: Slice) -> Page[LastMeasured]:
        """By name. Raises BadCursor."""
        ...

    async def last(self, actor: Actor, name: str) -> LastMeasured:
        """Raises NothingMeasured."""
        ...

    async def measured(
        self, actor: Actor, meeting: MeasurementsMeeting, *, cut: Sequence[Period]
    ) -> Sequence[Measured]:
        """One for each of the periods, which follow each other without a gap."""
        ...


class LogViews(Protocol):
    async def lines(self, actor: Actor, meeting: LinesMeeting, *, slice: Slice) -> Page[LogLine]:
        """The latest first. Raises BadCursor."""
        ...


class TraceViews(Protocol):
    async def spans(self, actor: Actor, trace_id: str, *, limit: int) -> Sequence[PostedSpan]:
        """The first of them; none of a trace that nobody knows."""
        ...
