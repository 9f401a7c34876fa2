"""Have the customer wait."""

import attrs

from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.telephony import Telephony
from domain.calls.call import Call
from domain.calls.steps import hold


@attrs.frozen(kw_only=True)
class HoldCall(CallStep):
    """Music, please."""


@attrs.frozen(kw_only=True)
class HoldCallHandler:
    on_the_line: OnTheLine

    async def __call__(self, command: HoldCall, /) -> Call:
        async def ask(line: Telephony, provider_call: str) -> None:
            await line.hold(provider_call)

        return await self.on_the_line(
            command, lambda call: hold(call, now=self.on_the_line.clock()), ask
        )
