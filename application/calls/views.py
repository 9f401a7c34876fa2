"""What may be asked about calls."""

from datetime import datetime
from enum import Enum
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.calls.call import Call, Direction
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, AgentId, CallId, DispositionId


class Order(Enum):
    """What lists of calls are sorted by, ties by identifier. What is not known comes first."""

    STARTED_AT = "started_at"
    DURATION = "duration"
    QA_SCORE = "qa_score"


class Sentiment(Enum):
    """Over 0.1 is positive, under -0.1 negative, and 0 is as good a finding as any."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@attrs.frozen(kw_only=True)
class CallFilter:
    """`number` calls or is called; `search` is our identifier of a call, or its provider's name.

    Times are those of the beginning, `until` not included; thousandths are both included. Those
    are `converted` in which something was held or confirmed that is booked by now.
    """

    status: CallStatus | None = None
    direction: Direction | None = None
    started_from: datetime | None = None
    started_until: datetime | None = None
    search: str | None = None
    number: str | None = attrs.field(default=None, repr=False)
    qa_from: int | None = None
    qa_to: int | None = None
    sentiment: Sentiment | None = None
    handler_id: ActorId | None = None
    agent_id: AgentId | None = None
    template: str | None = None
    disposition_id: DispositionId | None = None
    escalated: bool | None = None
    converted: bool | None = None


class CallViews(Protocol):
    """Without the permission for all calls, one is shown those that are one's own or nobody's."""

    async def call(self, actor: Actor, call_id: CallId) -> Call:
        """Raises CallNotFound, for deleted ones too."""
        ...

    async def calls(
        self, actor: Actor, *, filter: CallFilter, order: Order, latest_first: bool, slice: Slice
    ) -> Page[Call]:
        """`latest_first` begins at the other end."""
        ...

    async def news(self, actor: Actor, call_id: CallId, *, slice: Slice) -> Page[Heard]:
        """What was heard of it, in the order in which it happened. Raises CallNotFound."""
        ...
