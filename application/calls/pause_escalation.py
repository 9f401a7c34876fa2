"""The caller asked for a moment: the clock stands still, and the place in line is kept."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_requester
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.waiting_steps import pause


@attrs.frozen(kw_only=True)
class PauseEscalation(EscalationStep):
    """Nobody is offered it until it goes on."""


@attrs.frozen(kw_only=True)
class PauseEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: PauseEscalation, /) -> Escalation:
        """Raises NoSuchStep or ClockNotRunning."""

        def paused(work: PeopleWork) -> Escalation:
            escalation = of_the_requester(work, command)
            policy = self.placing.policy_of(work, escalation)
            return work.escalations.save(pause(escalation, policy, now=self.clock()))

        return await self.unit_of_work(command.actor, paused, once=command.once)
