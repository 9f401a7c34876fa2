"""Escalate a call: to an agent of one's choice, to whoever is free, or into the line."""

import attrs

from application.calls.people_ports import EscalatingWork
from application.calls.placing import Placing, queue_of
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.asked import Asked
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import NotYourCall
from domain.calls.queues import Queue
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import AgentId, EscalationId, QueueId


@attrs.frozen(kw_only=True)
class RequestEscalation:
    """With an agent, nobody else is asked first.

    Without a queue, it is the one that the call came in for, else the oldest open one.
    """

    actor: Actor
    asked: Asked
    agent_id: AgentId | None = None
    queue_id: QueueId | None = None
    once: Once[Escalation] | None = None


@attrs.frozen(kw_only=True)
class RequestEscalationHandler:
    unit_of_work: UnitOfWork[EscalatingWork]
    clock: Clock
    new_id: NewId
    placing: Placing

    async def __call__(self, command: RequestEscalation, /) -> Escalation:
        """Raises CallOver, NotYourCall, AlreadyEscalated, AgentNotAvailable or NobodyFree."""

        def request(work: EscalatingWork) -> Escalation:
            now = self.clock()
            # Locked: whoever ends it now finds the escalation, and closes it.
            call = work.calls.locked(command.asked.call_id)
            call.must_not_be_over()
            manages = Permission.WRITE_CALLS in command.actor.permissions
            if not (manages or call.is_of(command.actor.id)):
                raise NotYourCall(call.id)
            if not call.escalated:
                work.calls.save(attrs.evolve(call, escalated=True))
            new = EscalationId(self.new_id())
            queue = _queue(work, command.queue_id) or queue_of(work, call)
            asked = command.asked.within(call.department)
            escalation = Escalation.request(new, asked, queue, now=now)
            if command.agent_id is None:
                return self.placing.place(work, escalation, now=now)
            agent = work.agents.get(command.agent_id)
            return self.placing.offer(work, agent, escalation, now=now)

        return await self.unit_of_work(command.actor, request, once=command.once)


def _queue(work: EscalatingWork, queue_id: QueueId | None) -> Queue | None:
    """Raises QueueNotFound or QueueClosed."""
    if queue_id is None:
        return None
    queue = work.queues.get(queue_id)
    queue.must_be_open()
    return queue
