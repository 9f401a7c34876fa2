"""Go on with a customer who waits."""

import attrs

from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.telephony import Telephony
from domain.calls.call import Call
from domain.calls.steps import resume


@attrs.frozen(kw_only=True)
class ResumeCall(CallStep):
    """The wait is over."""


@attrs.frozen(kw_only=True)
class ResumeCallHandler:
    on_the_line: OnTheLine

    async def __call__(self, command: ResumeCall, /) -> Call:
        async def ask(line: Telephony, provider_call: str) -> None:
            await line.resume(provider_call)

        return await self.on_the_line(
            command, lambda call: resume(call, now=self.on_the_line.clock()), ask
        )
