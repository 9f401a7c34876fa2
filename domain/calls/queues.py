"""Where callers wait for whoever is free next."""

from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.agent_events import QueueAdded, QueueChanged
from domain.calls.sla import SlaPolicy
from domain.kernel.events import Event
from domain.kernel.identifiers import QueueId
from domain.kernel.refusals import Conflict, Invalid, NotFound

URGENCIES = range(1, 6)
HEAD_START = timedelta(minutes=1)
WHOLE = 100


@attrs.frozen
class QueueNotFound(NotFound):
    code: ClassVar[str] = "queue_not_found"
    queue_id: QueueId

    def __str__(self) -> str:
        return f"no queue {self.queue_id}"


@attrs.frozen
class QueueTitleTaken(Conflict):
    code: ClassVar[str] = "queue_title_taken"

    def __str__(self) -> str:
        return "there is a queue of that title already"


@attrs.frozen
class QueueClosed(Conflict):
    code: ClassVar[str] = "queue_closed"
    queue_id: QueueId

    def __str__(self) -> str:
        return f"nobody is let into {self.queue_id} any more"


@attrs.frozen
class BadQueue(Invalid):
    code: ClassVar[str] = "bad_queue"

    def __str__(self) -> str:
        return (
            "callers are answered before they have waited as long as they may, and there is a "
            "warning at 1 to 100 percent of that"
        )


class Fallback(Enum):
    """What becomes of somebody who has waited as long as one may."""

    CALLBACK = "callback"
    BACK_TO_REQUESTER = "back_to_requester"


@attrs.frozen(kw_only=True)
class QueueTerms:
    """`waits_at_most` is by the clock on the wall, whatever the hours of the desk are."""

    title: str
    policy: SlaPolicy
    waits_at_most: timedelta
    fallback: Fallback = Fallback.CALLBACK

    def __attrs_post_init__(self) -> None:
        positive = timedelta() < self.policy.answer_within and timedelta() < self.waits_at_most
        if not (positive and 1 <= self.policy.warn_at_percent <= WHOLE):
            raise BadQueue


@attrs.frozen(kw_only=True)
class Queue:
    id: QueueId
    terms: QueueTerms
    active: bool = True
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: QueueId, terms: QueueTerms, *, now: datetime) -> "Queue":
        return cls(id=id, terms=terms, events=(QueueAdded(queue_id=id, occurred_at=now),))

    def change(self, terms: QueueTerms, *, active: bool, now: datetime) -> "Queue":
        """For whoever comes from now on; who waits already goes by what was true when it came."""
        changed = QueueChanged(queue_id=self.id, occurred_at=now)
        return attrs.evolve(self, terms=terms, active=active, events=(*self.events, changed))

    def must_be_open(self) -> None:
        """Raises QueueClosed."""
        if not self.active:
            raise QueueClosed(self.id)

    @staticmethod
    def rank(urgency: int, *, since: datetime) -> datetime:
        """Who is served first: the urgent have a head start, and nobody is passed for ever."""
        return since - HEAD_START * urgency
