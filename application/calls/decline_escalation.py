"""Decline a caller who was offered: the next one is asked, and the agent is free."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_agent
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import OfferOutcome


@attrs.frozen(kw_only=True)
class DeclineEscalation(EscalationStep):
    """`outcome` is declined, or that a machine has answered for the agent."""

    outcome: OfferOutcome = OfferOutcome.DECLINED


@attrs.frozen(kw_only=True)
class DeclineEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: DeclineEscalation, /) -> Escalation:
        """Raises NoSuchStep."""

        def decline(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_agent(work, command)
            return self.placing.pass_on(
                work, escalation, escalation.give_up_offer(command.outcome, now=now), now=now
            )

        return await self.unit_of_work(command.actor, decline, once=command.once)
