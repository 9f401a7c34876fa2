"""Promise to call somebody back whom nobody can help now."""

from datetime import datetime

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_requester
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation


@attrs.frozen(kw_only=True)
class ScheduleCallback(EscalationStep):
    callback_at: datetime


@attrs.frozen(kw_only=True)
class ScheduleCallbackHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: ScheduleCallback, /) -> Escalation:
        """Raises NoSuchStep or CallbackInThePast."""

        def schedule(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_requester(work, command)
            scheduled = escalation.schedule_callback(command.callback_at, now=now)
            return self.placing.close(work, escalation, scheduled, now=now)

        return await self.unit_of_work(command.actor, schedule, once=command.once)
