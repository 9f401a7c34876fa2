"""Change the terms of a queue, or let nobody in any more."""

import attrs

from application.calls.people_ports import PeopleWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.queues import Queue, QueueTerms
from domain.kernel.actors import Actor
from domain.kernel.identifiers import QueueId


@attrs.frozen(kw_only=True)
class ChangeQueue:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    queue_id: QueueId
    terms: QueueTerms
    active: bool
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeQueueHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: ChangeQueue, /) -> Queue:
        """Raises QueueTitleTaken."""

        def change(work: PeopleWork) -> Queue:
            queue = work.queues.get(command.queue_id)
            require_version(queue.version, command.version)
            return work.queues.save(
                queue.change(command.terms, active=command.active, now=self.clock())
            )

        return await self.unit_of_work(command.actor, change)
