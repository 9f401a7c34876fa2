"""Whoever had escalated takes the caller back; an agent who was asked is free."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_requester
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import Withdrawal


@attrs.frozen(kw_only=True)
class CancelEscalation(EscalationStep):
    why: Withdrawal = Withdrawal.WITHDRAWN


@attrs.frozen(kw_only=True)
class CancelEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: CancelEscalation, /) -> Escalation:
        """Raises NoSuchStep."""

        def cancel(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_requester(work, command)
            cancelled = escalation.cancel(command.why, now=now)
            return self.placing.close(work, escalation, cancelled, now=now)

        return await self.unit_of_work(command.actor, cancel, once=command.once)
