"""Have the line ring whoever has accepted a caller, and put both through."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.calls.on_the_line import OnTheLine
from application.calls.people_ports import EscalatingWork
from application.calls.placing import Placing
from application.calls.taking_over import keep_rung, take_over
from application.calls.telephony import (
    NoTelephony,
    Telephonies,
    TelephonyRefused,
    TelephonyUnavailable,
    Transfer,
)
from application.kernel.jobs import Job
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationKind, EscalationState, Failure
from domain.calls.legs import Kind
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId, EscalationId
from domain.kernel.phone_numbers import is_phone_number


@attrs.frozen(kw_only=True)
class PutThrough:
    JOB: ClassVar[str] = "put_through"

    actor: Actor
    escalation_id: EscalationId
    agent_id: AgentId

    @classmethod
    def job(cls, escalation_id: UUID, agent_id: str) -> Job:
        payload = {"escalation_id": str(escalation_id), "agent_id": agent_id}
        return Job(name=cls.JOB, payload=payload)


@attrs.frozen(kw_only=True)
class Reach:
    """Whom to ring, and into which call."""

    provider_call: str
    transfer: Transfer


@attrs.frozen(kw_only=True)
class PutThroughHandler:
    """For calls on a line of ours, and agents whose extension is a number. All others are put
    through by themselves, and say so.

    That the agent is to be rung is written down before: who is interrupted carries on later, and
    nobody is rung twice.
    """

    unit_of_work: UnitOfWork[EscalatingWork]
    telephonies: Telephonies
    clock: Clock
    placing: Placing

    async def __call__(self, command: PutThrough, /) -> bool:
        """Whether both are on the line. If the line will not, the caller is back with whoever had
        escalated, and the agent is free.
        """
        reach = await self.unit_of_work(command.actor, lambda work: self._reach(work, command))
        if reach is None:
            return False
        try:
            line = self.telephonies.of(command.actor.organization_id)
            await line.transfer(reach.provider_call, reach.transfer)
        except (NoTelephony, TelephonyRefused, TelephonyUnavailable):
            await self.unit_of_work(command.actor, lambda work: self._fail(work, command))
            return False
        return await self.unit_of_work(command.actor, lambda work: self._go_on(work, command))

    def _reach(self, work: EscalatingWork, command: PutThrough) -> Reach | None:
        escalation = _accepted(work, command)
        if escalation is None:
            return None
        call = work.calls.locked(escalation.asked.call_id)
        provider_call = None if call.status.line_is_down else OnTheLine.line_of(call)
        extension = work.agents.get(command.agent_id).details.extension
        if provider_call is None or extension is None or not is_phone_number(extension):
            return None
        new = keep_rung(work, call, escalation, CallStatus.QUEUED, now=self.clock())
        cold = escalation.asked.kind is EscalationKind.COLD
        transfer = Transfer(
            to=extension,
            kind=Kind.COLD if cold else Kind.WARM,
            key=f"{escalation.id}:{escalation.offers}",
            again=not new,
        )
        return Reach(provider_call=provider_call, transfer=transfer)

    def _go_on(self, work: EscalatingWork, command: PutThrough) -> bool:
        escalation = _accepted(work, command)
        if escalation is None:
            return False
        now = self.clock()
        step = escalation.brief if escalation.is_warm else escalation.bridge
        after, call = step(now=now), work.calls.locked(escalation.asked.call_id)
        if after.state is EscalationState.BRIDGED:
            call = take_over(work, call, after, now=now)
        keep_rung(work, call, escalation, CallStatus.RINGING, now=now)
        work.escalations.save(after)
        return True

    def _fail(self, work: EscalatingWork, command: PutThrough) -> None:
        escalation = _accepted(work, command)
        if escalation is not None:
            now = self.clock()
            call = work.calls.locked(escalation.asked.call_id)
            keep_rung(work, call, escalation, CallStatus.FAILED, now=now)
            failed = escalation.fail(Failure.TRANSFER_FAILED, now=now)
            self.placing.close(work, escalation, failed, now=now)


def _accepted(work: EscalatingWork, command: PutThrough) -> Escalation | None:
    """None once somebody has taken another step."""
    escalation = work.escalations.get(command.escalation_id)
    waits = escalation.state is EscalationState.ACCEPTED
    return escalation if waits and escalation.agent_id == command.agent_id else None
