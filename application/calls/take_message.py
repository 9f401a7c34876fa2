"""Take a message from somebody whom nobody can help now."""

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_requester
from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation


@attrs.frozen(kw_only=True)
class TakeMessage(EscalationStep):
    message: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class TakeMessageHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: TakeMessage, /) -> Escalation:
        """Raises NoSuchStep."""

        def take(work: PeopleWork) -> Escalation:
            now = self.clock()
            escalation = of_the_requester(work, command)
            taken = escalation.take_message(command.message, now=now)
            return self.placing.close(work, escalation, taken, now=now)

        return await self.unit_of_work(command.actor, take, once=command.once)
