"""What may be asked about calls, and how it is answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

import attrs

from application.analytics.asking import Span
from application.kernel.pages import Page, Slice
from domain.analytics.call_outcomes import USUAL_DAYS
from domain.analytics.call_totals import CallTotals
from domain.analytics.counted_calls import USUAL, Thresholds
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.kernel.periods import Period


class Axis(Enum):
    """By what a call belongs to a time: when it began, asked for somebody, was answered, ended."""

    START = "start"
    QUEUE = "queue"
    ANSWER = "answer"
    END = "end"


class Grouping(Enum):
    AGENT = "agent_id"
    HANDLER = "handler_id"
    TEMPLATE = "template"
    QUEUE = "queue_id"
    DISPOSITION = "disposition_id"


class Part(Enum):
    """Of a call, by how long it lasts."""

    WAIT = "wait"
    TALK = "talk"
    HOLD = "hold"
    WRAP_UP = "wrap_up"
    DURATION = "duration"
    HANDLE = "handle"


@attrs.frozen(kw_only=True)
class CallsMeeting:
    """Only calls that meet every condition given."""

    inbound: bool | None = None
    agent_id: UUID | None = None
    handler_id: UUID | None = None
    template: str | None = None
    queue_id: UUID | None = None


@attrs.frozen(kw_only=True)
class CallQuestion:
    """The same question for whoever asks it: a page, a chart, an export.

    Who calls again within so many days was not helped before.
    """

    span: Span
    axis: Axis = Axis.START
    meeting: CallsMeeting = attrs.field(factory=CallsMeeting)
    thresholds: Thresholds = USUAL
    again_within_days: int = USUAL_DAYS

    @property
    def before(self) -> "CallQuestion":
        """The same of as much time before."""
        return attrs.evolve(self, span=self.span.before)


@attrs.frozen(kw_only=True)
class CallBehind:
    """One of the calls that a number counts."""

    id: CallId
    at: datetime


class CallFigureViews(Protocol):
    """Whoever asks may read calls."""

    async def as_of(self, actor: Actor) -> datetime:
        """What had happened to calls until then is counted."""
        ...

    async def edition(self, actor: Actor) -> int:
        """Another as soon as anything else may be counted."""
        ...

    async def totals(self, actor: Actor, question: CallQuestion) -> CallTotals: ...

    async def series(
        self, actor: Actor, question: CallQuestion, interval: Granularity
    ) -> Sequence[tuple[Period, CallTotals]]:
        """Without gaps. Raises TooManyIntervals."""
        ...

    async def groups(
        self, actor: Actor, question: CallQuestion, by: Grouping
    ) -> Mapping[str | None, CallTotals]:
        """Only of those who have calls; None is what has no such thing."""
        ...

    async def lengths(
        self, actor: Actor, question: CallQuestion, part: Part
    ) -> Sequence[tuple[int, int]]:
        """How many calls lasted so many milliseconds, the shortest first."""
        ...

    async def issues(self, actor: Actor, question: CallQuestion) -> Mapping[str, int]:
        """In how many calls each kind was found."""
        ...

    async def behind(
        self, actor: Actor, question: CallQuestion, number: str, slice: Slice
    ) -> Page[CallBehind]:
        """In the order of the moments by which they were counted. Raises BadCursor."""
        ...
