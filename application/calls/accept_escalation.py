"""Accept a caller who was offered: from now on the agent is on the call."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_agent
from application.calls.people_ports import PeopleWork
from application.calls.placing import Patience
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationNotFound


@attrs.frozen(kw_only=True)
class AcceptEscalation(EscalationStep):
    """Whoever had escalated keeps the caller until both are put through, if it is warm."""


@attrs.frozen(kw_only=True)
class AcceptEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    patience: Patience

    async def __call__(self, command: AcceptEscalation, /) -> Escalation:
        """Raises NoSuchStep."""

        def accept(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_agent(work, command)
            until = now + self.patience.lease
            accepted = escalation.accept(until=until, now=now)
            if accepted.agent_id is None:
                raise EscalationNotFound(accepted.id)
            agent = work.agents.get(accepted.agent_id)
            work.agents.save(agent.begin(until=until, now=now))
            return work.escalations.save(accepted)

        return await self.unit_of_work(command.actor, accept, once=command.once)
