"""An agent comes, rests or leaves; who comes is offered the next in line."""

from datetime import datetime
from enum import Enum

import attrs

from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.agents import Agent, Pause
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import AgentId


class Wish(Enum):
    AVAILABLE = "available"
    PAUSED = "paused"
    OFFLINE = "offline"


@attrs.frozen(kw_only=True)
class ShowPresence:
    """`pause` is why somebody pauses. Whoever manages calls may say it for others."""

    actor: Actor
    agent_id: AgentId
    presence: Wish
    pause: Pause = Pause.OTHER
    once: Once[Agent] | None = None


@attrs.frozen(kw_only=True)
class ShowPresenceHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: ShowPresence, /) -> Agent:
        """Raises AgentEngaged or NotYourAgent."""

        def show(work: PeopleWork) -> Agent:
            agent = work.agents.get(command.agent_id)
            if Permission.WRITE_CALLS not in command.actor.permissions:
                agent.must_be(command.actor.id)
            now = self.clock()
            self.placing.serve(work, _shown(agent, command, now=now), now=now)
            return work.agents.get(agent.id)

        return await self.unit_of_work(command.actor, show, once=command.once)


def _shown(agent: Agent, command: ShowPresence, *, now: datetime) -> Agent:
    match command.presence:
        case Wish.AVAILABLE:
            return agent.come(now=now)
        case Wish.PAUSED:
            return agent.rest(command.pause, now=now)
        case Wish.OFFLINE:
            return agent.leave(now=now)
