"""The caller was helped: the agent is free for the next in line."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_agent
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation


@attrs.frozen(kw_only=True)
class CompleteEscalation(EscalationStep):
    """`rating` is what the caller thought of it, from 1 to 5."""

    rating: int | None = None


@attrs.frozen(kw_only=True)
class CompleteEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: CompleteEscalation, /) -> Escalation:
        """Raises NoSuchStep or BadRating."""

        def complete(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_agent(work, command)
            completed = escalation.complete(now=now)
            return self.placing.close(work, escalation, completed, rating=command.rating, now=now)

        return await self.unit_of_work(command.actor, complete, once=command.once)
