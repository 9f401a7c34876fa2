"""From what was committed to what follows from it."""

from functools import partial

import attrs

from application.kernel.events import EventRelay
from application.kernel.jobs import JobEngine, WaitingJobs
from application.kernel.subscribers import Subscriber
from entrypoints.worker.guard import Guard

BATCH = 100
"""Small enough for organizations with much to tell to let the others have their turn."""


@attrs.frozen(kw_only=True)
class Relay:
    """Any number may run at once: the database lets one of them do each thing."""

    events: EventRelay
    subscribers: tuple[Subscriber, ...]
    queue: WaitingJobs
    engine: JobEngine
    guard: Guard

    async def __call__(self) -> int:
        """One pass over everything that waits; how much of it there was."""
        moved = await self.guard("number events", self._number)
        for subscriber in self.subscribers:
            moved += await self.guard(_delivery(subscriber), partial(self._deliver, subscriber))
        return moved + await self.guard("hand over jobs", self._hand_over)

    async def _number(self) -> int:
        moved = 0
        for organization_id in await self.events.unnumbered():
            number = partial(self.events.number, organization_id, limit=BATCH)
            moved += await self.guard("number events", number, organization_id=organization_id)
        return moved

    async def _deliver(self, subscriber: Subscriber) -> int:
        moved = 0
        for organization_id in await self.events.behind(subscriber):
            deliver = partial(self.events.deliver, subscriber, organization_id, limit=BATCH)
            moved += await self.guard(
                _delivery(subscriber), deliver, organization_id=organization_id
            )
        return moved

    async def _hand_over(self) -> int:
        jobs = await self.queue.waiting(limit=BATCH)
        if jobs:
            # In this order: if it ends in between, the engine is given what it knows already.
            await self.engine.submit(jobs)
            await self.queue.forget(jobs)
        return len(jobs)


def _delivery(subscriber: Subscriber) -> str:
    return f"deliver events to {subscriber.name}"
