"""Hang up. Whoever asks decides how the call ended, whatever the line says meanwhile."""

import attrs

from application.calls.disposition_ports import DispositionWork
from application.calls.hearing import take_in
from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.calls.telephony import (
    NoTelephony,
    Telephonies,
    TelephonyRefused,
    TelephonyUnavailable,
)
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.call import Call
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.refusals import CallOver
from domain.calls.status import CallStatus
from domain.calls.steps import our_fact, request_end
from domain.kernel.identifiers import DispositionId

HUNG_UP = "hung_up"


@attrs.frozen(kw_only=True)
class EndCall(CallStep):
    reason: EndReason = EndReason.DONE
    note: str = attrs.field(default="", repr=False)
    disposition_id: DispositionId | None = None


@attrs.frozen(kw_only=True)
class EndCallHandler:
    unit_of_work: UnitOfWork[DispositionWork]
    telephonies: Telephonies
    clock: Clock
    new_id: NewId

    async def __call__(self, command: EndCall, /) -> Call:
        """Raises CallNotFound, CallOver, what is wrong with the disposition, or what the line
        says: then the end stays asked for, and asking again carries it on.
        """
        was_down, provider_call = await self._request(command)
        if not was_down and provider_call is not None:
            line = self.telephonies.of(command.actor.organization_id)
            await line.hang_up(provider_call, reason=command.reason)

        def settle(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            if not call.status.line_is_down:
                fact = our_fact(call, HUNG_UP, CallStatus.COMPLETED, now=self.clock())
                return take_in(work, call, fact, now=self.clock())
            if was_down:
                raise CallOver(call.id, call.status.value)
            return call

        return await self.unit_of_work(command.actor, settle, once=command.once)

    async def _request(self, command: EndCall) -> tuple[bool, str | None]:
        """Whether the line was down already, and what it is called."""
        stands = await self._asked_how_it_stands(command)

        def request(work: DispositionWork) -> tuple[bool, str | None]:
            call = theirs(work, command.actor, command.call_id)
            if command.disposition_id is not None:
                work.dispositions.get(command.disposition_id).must_be_active()
            if stands is not None:
                call = take_in(work, call, stands, now=self.clock())
            if call.status.line_is_down:
                return True, None
            asked = request_end(
                call,
                command.reason,
                owner=self.new_id(),
                note=command.note,
                disposition_id=command.disposition_id,
                now=self.clock(),
            )
            saved = call if asked is call else work.calls.save(asked)
            return False, OnTheLine.line_of(saved)

        return await self.unit_of_work(command.actor, request)

    async def _asked_how_it_stands(self, command: EndCall) -> Heard | None:
        """Whether somebody has answered decides between completed and called off. A line that
        does not say changes nothing about that it is to go down.
        """

        def line(work: CallWork) -> str | None:
            call = theirs(work, command.actor, command.call_id)
            return None if call.status.line_is_down else OnTheLine.line_of(call)

        provider_call = await self.unit_of_work(command.actor, line)
        if provider_call is None:
            return None
        try:
            return await self.telephonies.of(command.actor.organization_id).look_up(provider_call)
        except (NoTelephony, TelephonyRefused, TelephonyUnavailable):
            return None
