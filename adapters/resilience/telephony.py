"""A telephone line that may be down: after a few tries it is left alone for a while.

Nothing is tried again by itself here: somebody is waiting on the phone. Calls that are up go on,
and what the line tells of them is taken in by another door.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

import attrs

from adapters.resilience.breaker import Breaker, BreakerOpen, Preset
from application.calls.telephony import Dial, Dialled, Telephony, TelephonyUnavailable, Transfer
from application.calls.telephony_news import Told
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.recordings import RecordingStep

Result = TypeVar("Result")

PRESET = Preset(failures=5, successes=2, open_for=30)


def is_outage(error: BaseException) -> bool:
    return isinstance(error, TelephonyUnavailable)


@attrs.frozen(kw_only=True)
class TelephonyBreakers:
    """`actions` is for what somebody waits for, `lookups` for what is only looked at."""

    actions: Breaker
    lookups: Breaker


@attrs.frozen(kw_only=True)
class BreakingTelephony(Telephony):
    telephony: Telephony
    breakers: TelephonyBreakers

    @property
    def name(self) -> str:
        return self.telephony.name

    async def dial(self, dial: Dial) -> Dialled:
        return await self._act(lambda: self.telephony.dial(dial))

    async def hang_up(self, provider_call: str, *, reason: EndReason) -> None:
        await self._act(lambda: self.telephony.hang_up(provider_call, reason=reason))

    async def hold(self, provider_call: str) -> None:
        await self._act(lambda: self.telephony.hold(provider_call))

    async def resume(self, provider_call: str) -> None:
        await self._act(lambda: self.telephony.resume(provider_call))

    async def transfer(self, provider_call: str, transfer: Transfer) -> None:
        await self._act(lambda: self.telephony.transfer(provider_call, transfer))

    async def say(self, provider_call: str, text: str) -> None:
        await self._act(lambda: self.telephony.say(provider_call, text))

    async def record(self, provider_call: str) -> str:
        return await self._act(lambda: self.telephony.record(provider_call))

    async def change_recording(
        self, provider_call: str, reference: str, step: RecordingStep
    ) -> None:
        await self._act(lambda: self.telephony.change_recording(provider_call, reference, step))

    async def delete_recording(self, reference: str) -> None:
        await self._act(lambda: self.telephony.delete_recording(reference))

    async def look_up(self, provider_call: str) -> Heard | None:
        return await self._look(lambda: self.telephony.look_up(provider_call))

    async def calls_since(self, moment: datetime) -> Sequence[Told]:
        return await self._look(lambda: self.telephony.calls_since(moment))

    async def _act(self, do: Callable[[], Awaitable[Result]]) -> Result:
        return await through(self.breakers.actions, do)

    async def _look(self, do: Callable[[], Awaitable[Result]]) -> Result:
        return await through(self.breakers.lookups, do)


async def through(breaker: Breaker, do: Callable[[], Awaitable[Result]]) -> Result:
    """Raises TelephonyUnavailable."""
    try:
        return await breaker(do)
    except BreakerOpen:
        raise TelephonyUnavailable(retry_after=int(PRESET.open_for)) from None
