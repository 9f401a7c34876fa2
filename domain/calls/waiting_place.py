"""A place in a queue, and the clock that runs while it is held."""

from datetime import datetime

import attrs

from domain.calls.queues import Fallback, Queue
from domain.calls.sla import ClockState, SlaClock
from domain.kernel.identifiers import QueueId


@attrs.frozen(kw_only=True)
class Waiting:
    """A place in a queue, kept while somebody is asked who does not come."""

    queue_id: QueueId
    rank: datetime
    until: datetime
    fallback: Fallback
    clock: SlaClock

    @property
    def is_paused(self) -> bool:
        return self.clock.state is ClockState.PAUSED

    @classmethod
    def begin(cls, queue: Queue, urgency: int, *, now: datetime) -> "Waiting":
        return cls(
            queue_id=queue.id,
            rank=Queue.rank(urgency, since=now),
            until=now + queue.terms.waits_at_most,
            fallback=queue.terms.fallback,
            clock=SlaClock.start(queue.terms.policy, now=now),
        )
