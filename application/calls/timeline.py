"""All that happened to a call, in one list."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId


class Source(Enum):
    """Where it is known from."""

    LINE = "line"
    CALL = "call"
    NOTE = "note"
    QUOTATION = "quotation"
    ESCALATION = "escalation"
    QUALITY = "quality"
    BOOKING = "booking"
    PAYMENT = "payment"


@attrs.frozen(kw_only=True)
class TimelineEntry:
    """`name` is that of the event, or what the line calls it; `by` is None for the line."""

    at: datetime
    source: Source
    name: str
    by: ActorId | None
    data: Mapping[str, Any]


class TimelineViews(Protocol):
    async def timeline(
        self, actor: Actor, call_id: CallId, *, slice: Slice
    ) -> Page[TimelineEntry]:
        """In the order in which it happened; at the same moment, what the line told comes first.

        How people judged it is only for those who may see all calls; what was held and booked, or
        paid for, and what became of it since, for those who may see that. Raises CallNotFound.
        """
        ...
