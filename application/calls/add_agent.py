"""Add an agent, who is offline until it comes."""

import attrs

from application.calls.people_ports import PeopleWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.agents import Agent, AgentDetails
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId


@attrs.frozen(kw_only=True)
class AddAgent:
    actor: Actor
    details: AgentDetails
    once: Once[Agent] | None = None


@attrs.frozen(kw_only=True)
class AddAgentHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddAgent, /) -> Agent:
        """Raises AgentTaken."""

        def add(work: PeopleWork) -> Agent:
            agent = Agent.add(AgentId(self.new_id()), command.details, now=self.clock())
            return work.agents.save(agent)

        return await self.unit_of_work(command.actor, add, once=command.once)
