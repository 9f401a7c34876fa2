"""The caller is back: the clock goes on, and whoever is free is asked."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_requester
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.waiting_steps import resume


@attrs.frozen(kw_only=True)
class ResumeEscalation(EscalationStep):
    """After it was paused."""


@attrs.frozen(kw_only=True)
class ResumeEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: ResumeEscalation, /) -> Escalation:
        """Raises NoSuchStep or ClockNotPaused."""

        def resumed(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_requester(work, command)
            policy = self.placing.policy_of(work, escalation)
            return self.placing.take_up(work, resume(escalation, policy, now=now), now=now)

        return await self.unit_of_work(command.actor, resumed, once=command.once)
