"""Find out what the line has told and nobody has heard."""

from datetime import datetime
from typing import Protocol

import attrs

from application.calls.hearing import take_in
from application.calls.ports import CallWork
from application.calls.telephony import (
    NoTelephony,
    Telephonies,
    TelephonyRefused,
    TelephonyUnavailable,
)
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.facts import Heard
from domain.kernel.actors import Actor


class OpenCalls(Protocol):
    async def oldest(self, actor: Actor) -> datetime | None:
        """When the oldest call began whose end nobody has heard of."""
        ...


@attrs.frozen(kw_only=True)
class ReconcileCalls:
    actor: Actor


@attrs.frozen(kw_only=True)
class ReconcileCallsHandler:
    """News matters for calls that are open here: the line lists what began since the oldest."""

    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    open_calls: OpenCalls
    clock: Clock

    async def __call__(self, command: ReconcileCalls, /) -> int:
        """For how many calls something was new."""
        actor = command.actor
        oldest = await self.open_calls.oldest(actor)
        if oldest is None:
            return 0
        try:
            telephony = self.telephonies.of(actor.organization_id)
            seen = await telephony.calls_since(oldest)
        except (NoTelephony, TelephonyUnavailable, TelephonyRefused):
            return 0
        return sum([await self._new(actor, fact) for fact in seen])

    async def _new(self, actor: Actor, fact: Heard) -> bool:
        """Calls that are none of ours are left alone, and so are those that are over."""

        def hear(work: CallWork) -> bool:
            call = work.calls.named(fact.provider, fact.provider_call)
            if call is None or call.status.line_is_down:
                return False
            return take_in(work, call, fact, now=self.clock()).version != call.version

        return await self.unit_of_work(actor, hear)
