"""Nothing is recorded while somebody pays in a call."""

from typing import ClassVar, Protocol
from uuid import UUID

import attrs

from application.calls.on_the_line import OnTheLine
from application.calls.ports import CallWork
from application.calls.telephony import Telephonies
from application.kernel.jobs import Job
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.call import Call
from domain.calls.recording_steps import begin_paying, end_paying, state_of
from domain.calls.recordings import RecordingState, RecordingStep
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, PaymentId


@attrs.frozen
class Paid:
    """In which call a payment was begun, and whether it is open still."""

    call_id: CallId
    is_open: bool


class PaymentsOfCalls(Protocol):
    async def paid(self, actor: Actor, payment_id: PaymentId, /) -> Paid | None:
        """None if it was begun in none."""
        ...


@attrs.frozen(kw_only=True)
class KeepPaymentUnheard:
    JOB: ClassVar[str] = "keep_payment_unheard"

    actor: Actor
    payment_id: PaymentId

    @classmethod
    def job(cls, payment_id: UUID) -> Job:
        return Job(name=cls.JOB, payload={"payment_id": str(payment_id)})


@attrs.frozen(kw_only=True)
class KeepPaymentUnheardHandler:
    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    payments_of_calls: PaymentsOfCalls
    clock: Clock

    async def __call__(self, command: KeepPaymentUnheard, /) -> bool:
        """Whether a recording is silent from now on, or goes on.

        It is asked how the payment stands: news of it may come in any order. The line comes
        first: what is interrupted is asked for again, and it is silent already.
        """
        paid = await self.payments_of_calls.paid(command.actor, command.payment_id)
        if paid is None:
            return False
        now, call_id = self.clock(), paid.call_id

        def after(call: Call) -> Call:
            step = begin_paying if paid.is_open else end_paying
            return step(call, command.payment_id, now=now)

        def look(work: CallWork) -> Call | None:
            try:
                return work.calls.get(call_id)
            except CallNotFound:
                return None

        def keep(work: CallWork) -> bool:
            call = work.calls.locked(call_id)
            changed = after(call)
            if changed is not call:
                work.calls.save(changed)
            return _step(call, changed) is not None

        call = await self.unit_of_work(command.actor, look)
        if call is None:
            return False
        await self._ask(command.actor, call, _step(call, after(call)))
        return await self.unit_of_work(command.actor, keep)

    async def _ask(self, actor: Actor, call: Call, step: RecordingStep | None) -> None:
        name, recording = OnTheLine.line_of(call), call.recording
        if step is None or name is None or recording is None or recording.reference is None:
            return
        line = self.telephonies.of(actor.organization_id)
        await line.change_recording(name, recording.reference, step)


def _step(before: Call, after: Call) -> RecordingStep | None:
    if after.recording is before.recording:
        return None
    silent = state_of(after) is RecordingState.PAUSED
    return RecordingStep.PAUSE if silent else RecordingStep.RESUME
