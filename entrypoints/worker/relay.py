"""From what was committed to what follows from it."""

from collections.abc import Collection
from functools import partial

import attrs

from application.kernel.events import EventRelay
from application.kernel.jobs import JobEngine, WaitingJobs
from application.kernel.subscribers import Subscriber
from domain.kernel.identifiers import OrganizationId
from entrypoints.worker.guard import Guard

BATCH = 100
"""Small enough for organizations with much to tell to let the others have their turn."""


@attrs.frozen(kw_only=True)
class Numbering:
    """Whoever waits for an event is told once it is numbered, so it waits for nothing else.

    Any number may run at once, here and below: the database lets one of them do each thing.
    """

    events: EventRelay
    guard: Guard

    async def __call__(self) -> int:
        moved = 0
        for organization_id in await self.events.unnumbered():
            number = partial(self.events.number, organization_id, limit=BATCH)
            moved += await self.guard("number events", number, organization_id=organization_id)
        return moved


@attrs.frozen(kw_only=True)
class Delivering:
    """Most events are for few: the others pass them together, in one transaction."""

    events: EventRelay
    subscribers: tuple[Subscriber, ...]
    guard: Guard

    async def __call__(self) -> int:
        """One pass over everything that waits; how much of it there was."""
        moved = 0
        for organization_id, names in (await self.events.behind(self.subscribers)).items():
            moved += await self._deliver(organization_id, names)
        return moved

    async def _deliver(self, organization_id: OrganizationId, names: Collection[str]) -> int:
        behind = [one for one in self.subscribers if one.name in names]
        hearing = names  # all of them, if passing fails

        async def pass_by() -> int:
            nonlocal hearing
            passed = await self.events.pass_by(behind, organization_id)
            hearing = passed.hearing
            return passed.moved

        moved = await self.guard("pass events by", pass_by, organization_id=organization_id)
        for subscriber in behind:
            if subscriber.name in hearing:
                deliver = partial(self.events.deliver, subscriber, organization_id, limit=BATCH)
                moved += await self.guard(
                    f"deliver events to {subscriber.name}",
                    deliver,
                    organization_id=organization_id,
                )
        return moved


@attrs.frozen(kw_only=True)
class HandingOver:
    queue: WaitingJobs
    engine: JobEngine

    async def __call__(self) -> int:
        jobs = await self.queue.waiting(limit=BATCH)
        if jobs:
            # In this order: if it ends in between, the engine is given what it knows already.
            await self.engine.submit(jobs)
            await self.queue.forget(jobs)
        return len(jobs)
