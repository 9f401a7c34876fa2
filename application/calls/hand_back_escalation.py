"""The agent gives the caller back to whoever had escalated, and says why."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_agent
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import HandedBack


@attrs.frozen(kw_only=True)
class HandBackEscalation(EscalationStep):
    why: HandedBack


@attrs.frozen(kw_only=True)
class HandBackEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: HandBackEscalation, /) -> Escalation:
        """Raises NoSuchStep."""

        def hand_back(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_agent(work, command)
            back = escalation.hand_back(command.why, now=now)
            return self.placing.close(work, escalation, back, now=now)

        return await self.unit_of_work(command.actor, hand_back, once=command.once)
