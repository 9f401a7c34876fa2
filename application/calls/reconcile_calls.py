"""Find out what the line has told and nobody has heard."""

from datetime import datetime
from typing import Protocol

import attrs

from application.calls.hearing import first_heard_of, take_in
from application.calls.ports import CallWork
from application.calls.telephony import (
    NoTelephony,
    Telephonies,
    TelephonyRefused,
    TelephonyUnavailable,
)
from application.calls.telephony_news import Told, UnknownCall
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.kernel.actors import Actor


class OpenCalls(Protocol):
    async def since(self, actor: Actor, *, now: datetime) -> datetime:
        """When the oldest call began whose end nobody has heard of; at least a while ago."""
        ...


@attrs.frozen(kw_only=True)
class ReconcileCalls:
    actor: Actor


@attrs.frozen
class Compared:
    """Whether anything was new, and why the line is to hang up, if the call is over here."""

    new: bool
    hang_up: EndReason | None = None


@attrs.frozen(kw_only=True)
class ReconcileCallsHandler:
    """The line lists what began a while ago, or since the oldest call that is open here.

    What has come in unheard is written down, and what is over here goes down there.
    """

    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    open_calls: OpenCalls
    clock: Clock
    new_id: NewId

    async def __call__(self, command: ReconcileCalls, /) -> int:
        """For how many calls something was new; what cannot be asked for now is left for later."""
        actor, found = command.actor, 0
        since = await self.open_calls.since(actor, now=self.clock())
        try:
            telephony = self.telephonies.of(actor.organization_id)
            for told in await telephony.calls_since(since):
                compared = await self._compared(actor, told)
                found += compared.new
                if compared.hang_up is not None:
                    await telephony.hang_up(told.fact.provider_call, reason=compared.hang_up)
        except (NoTelephony, TelephonyUnavailable, TelephonyRefused):
            return found
        return found

    async def _compared(self, actor: Actor, told: Told) -> Compared:
        """Calls that are none of ours are left alone."""
        fact = told.fact

        def compare(work: CallWork) -> Compared:
            now = self.clock()
            call = work.calls.named(fact.provider, fact.provider_call)
            if call is not None and call.status.line_is_down:
                return Compared(new=False, hang_up=_why(fact, call.end_reason))
            try:
                known = call or first_heard_of(work, told, self.new_id(), now=now)
            except UnknownCall:
                return Compared(new=False)
            after = take_in(work, known, fact, now=now)
            down = after.status.line_is_down
            hang_up = _why(fact, after.end_reason) if down else None
            return Compared(new=after.version != known.version, hang_up=hang_up)

        return await self.unit_of_work(actor, compare)


def _why(fact: Heard, reason: EndReason | None) -> EndReason | None:
    """None if the line is down there as well, as far as anybody knows."""
    if fact.status is None or fact.status.line_is_down:
        return None
    return reason or EndReason.TELEPHONY_UNAVAILABLE
