"""The agent's phone rings, the agent is briefed, or caller and agent are put through."""

from collections.abc import Callable, Mapping
from enum import Enum

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_agent
from application.calls.people_ports import PeopleWork
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation


class Advance(Enum):
    RING = "ring"
    BRIEF = "brief"
    BRIDGE = "bridge"


Step = Callable[..., Escalation]
STEPS: Mapping[Advance, Step] = {
    Advance.RING: Escalation.ring,
    Advance.BRIEF: Escalation.brief,
    Advance.BRIDGE: Escalation.bridge,
}


@attrs.frozen(kw_only=True)
class AdvanceEscalation(EscalationStep):
    by: Advance


@attrs.frozen(kw_only=True)
class AdvanceEscalationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: AdvanceEscalation, /) -> Escalation:
        """Raises NoSuchStep."""

        def advance(work: PeopleWork) -> Escalation:
            escalation = of_the_agent(work, command)
            return work.escalations.save(STEPS[command.by](escalation, now=self.clock()))

        return await self.unit_of_work(command.actor, advance, once=command.once)
