"""Delete an agent who has no caller. What it did is still told by what it did it to."""

import attrs

from application.calls.people_ports import PeopleWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.agents import Agent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId


@attrs.frozen(kw_only=True)
class DeleteAgent:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    agent_id: AgentId
    version: int | None


@attrs.frozen(kw_only=True)
class DeleteAgentHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: DeleteAgent, /) -> Agent:
        """Raises AgentEngaged."""

        def delete(work: PeopleWork) -> Agent:
            agent = work.agents.get(command.agent_id)
            require_version(agent.version, command.version)
            return work.agents.save(agent.delete(now=self.clock()))

        return await self.unit_of_work(command.actor, delete)
