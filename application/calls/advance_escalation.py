"""The agent's phone rings, the agent is briefed, or caller and agent are put through."""

from collections.abc import Callable, Mapping
from enum import Enum

import attrs

from application.calls.escalation_steps import EscalationStep, of_the_agent
from application.calls.people_ports import EscalatingWork
from application.calls.taking_over import take_over
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationState


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
    """Whoever is put through has the call from then on."""

    unit_of_work: UnitOfWork[EscalatingWork]
    clock: Clock

    async def __call__(self, command: AdvanceEscalation, /) -> Escalation:
        """Raises NoSuchStep."""

        def advance(work: EscalatingWork) -> Escalation:
            escalation, now = of_the_agent(work, command), self.clock()
            after = STEPS[command.by](escalation, now=now)
            if after.state is EscalationState.BRIDGED:
                call = work.calls.locked(after.asked.call_id)
                taken = take_over(work, call, after, now=now)
                if taken is not call:
                    work.calls.save(taken)
            return work.escalations.save(after)

        return await self.unit_of_work(command.actor, advance, once=command.once)
