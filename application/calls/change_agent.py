"""Change what is known of an agent; who is available may be of use to somebody now."""

import attrs

from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.agents import Agent, AgentDetails
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId


@attrs.frozen(kw_only=True)
class ChangeAgent:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    agent_id: AgentId
    details: AgentDetails
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeAgentHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: ChangeAgent, /) -> Agent:
        """Raises AgentTaken."""

        def change(work: PeopleWork) -> Agent:
            now = self.clock()
            agent = work.agents.get(command.agent_id)
            require_version(agent.version, command.version)
            return self.placing.serve(work, agent.change(command.details, now=now), now=now)

        return await self.unit_of_work(command.actor, change)
