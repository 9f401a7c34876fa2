"""Open a queue for callers to wait in."""

import attrs

from application.calls.people_ports import PeopleWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.queues import Queue, QueueTerms
from domain.kernel.actors import Actor
from domain.kernel.identifiers import QueueId


@attrs.frozen(kw_only=True)
class AddQueue:
    actor: Actor
    terms: QueueTerms
    once: Once[Queue] | None = None


@attrs.frozen(kw_only=True)
class AddQueueHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddQueue, /) -> Queue:
        """Raises QueueTitleTaken."""

        def add(work: PeopleWork) -> Queue:
            queue = Queue.add(QueueId(self.new_id()), command.terms, now=self.clock())
            return work.queues.save(queue)

        return await self.unit_of_work(command.actor, add, once=command.once)
