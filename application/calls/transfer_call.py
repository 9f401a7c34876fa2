"""Hand a call on to a number."""

import attrs

from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.telephony import Telephony, Transfer
from domain.calls.call import Call
from domain.calls.legs import Kind
from domain.calls.refusals import BadPhoneNumber
from domain.calls.steps import transfer
from domain.kernel.phone_numbers import is_phone_number


@attrs.frozen(kw_only=True)
class TransferCall(CallStep):
    to: str = attrs.field(repr=False)
    kind: Kind


@attrs.frozen(kw_only=True)
class TransferCallHandler:
    on_the_line: OnTheLine

    async def __call__(self, command: TransferCall, /) -> Call:
        """Raises BadPhoneNumber."""
        if not is_phone_number(command.to):
            raise BadPhoneNumber

        async def ask(line: Telephony, provider_call: str) -> None:
            await line.transfer(provider_call, Transfer(to=command.to, kind=command.kind))

        return await self.on_the_line(
            command, lambda call: transfer(call, command.kind, now=self.on_the_line.clock()), ask
        )
