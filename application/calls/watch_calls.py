"""Look into calls that should be over by now: the line is asked before anything is decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import attrs

from application.calls.hearing import take_in
from application.calls.ports import CallWork
from application.calls.telephony import (
    NoTelephony,
    Telephonies,
    Telephony,
    TelephonyRefused,
    TelephonyUnavailable,
)
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.call import Call
from domain.calls.ending import EndReason
from domain.calls.facts import PROVIDER_REASON, Heard
from domain.calls.status import CallStatus
from domain.calls.steps import our_fact, request_end, wrap_up
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId


@attrs.frozen(kw_only=True)
class Patience:
    """How long a call may ring, be up, and be written up."""

    rings: timedelta
    talks: timedelta
    wraps: timedelta


class StuckCalls(Protocol):
    async def stuck(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[CallId]:
        """Those that have been as they are for longer than they should, oldest first."""
        ...


@attrs.frozen(kw_only=True)
class WatchCalls:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class WatchCallsHandler:
    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    stuck_calls: StuckCalls
    clock: Clock
    new_id: NewId

    async def __call__(self, command: WatchCalls, /) -> int:
        """How many were brought to an end; what cannot be asked about now is left for later."""
        actor, limit = command.actor, command.limit
        stuck = await self.stuck_calls.stuck(actor, now=self.clock(), limit=limit)
        return sum([await self._looked_into(actor, call_id) for call_id in stuck])

    async def _looked_into(self, actor: Actor, call_id: CallId) -> bool:
        call = await self.unit_of_work(actor, lambda work: work.calls.get(call_id))
        if call.status is CallStatus.WRAPPING:
            return await self._written_up(actor, call_id)
        try:
            return await self._asked_about(actor, call)
        except (NoTelephony, TelephonyUnavailable, TelephonyRefused):
            return False

    async def _asked_about(self, actor: Actor, call: Call) -> bool:
        telephony = self.telephonies.of(actor.organization_id)
        if call.provider_call is None or call.provider != telephony.name:
            return await self._lost(actor, call)
        seen = await telephony.look_up(call.provider_call)
        if seen is None:
            return await self._lost(actor, call)
        heard = await self._heard(actor, call.id, seen)
        return heard.status.line_is_down or await self._ended(actor, heard, telephony)

    async def _ended(self, actor: Actor, call: Call, telephony: Telephony) -> bool:
        """Decided first, so that what is heard meanwhile does not change it."""
        talks = call.status is CallStatus.IN_PROGRESS
        reason = EndReason.TOO_LONG if talks else EndReason.NO_ANSWER

        def decide(work: CallWork) -> Call:
            locked = work.calls.locked(call.id)
            if locked.status.line_is_down:
                return locked
            now, owner = self.clock(), self.new_id()
            return work.calls.save(request_end(locked, reason, owner=owner, now=now))

        decided = await self.unit_of_work(actor, decide)
        if decided.ending is None or decided.provider_call is None:
            return True
        await telephony.hang_up(decided.provider_call, reason=decided.ending.reason)
        over = our_fact(decided, "watched", decided.ending.outcome, now=self.clock())
        await self._heard(actor, call.id, over)
        return True

    async def _lost(self, actor: Actor, call: Call) -> bool:
        fact = our_fact(call, "lost", CallStatus.FAILED, now=self.clock())
        said = {PROVIDER_REASON: EndReason.LOST.value}
        await self._heard(actor, call.id, attrs.evolve(fact, details=said))
        return True

    async def _heard(self, actor: Actor, call_id: CallId, fact: Heard) -> Call:
        def hear(work: CallWork) -> Call:
            return take_in(work, work.calls.locked(call_id), fact, now=self.clock())

        return await self.unit_of_work(actor, hear)

    async def _written_up(self, actor: Actor, call_id: CallId) -> bool:
        def write_up(work: CallWork) -> bool:
            call = work.calls.locked(call_id)
            if call.status is not CallStatus.WRAPPING:
                return False
            work.calls.save(wrap_up(call, now=self.clock()))
            return True

        return await self.unit_of_work(actor, write_up)
