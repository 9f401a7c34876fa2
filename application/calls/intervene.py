"""Step in while a call goes on."""

import attrs

from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.telephony import Telephony
from domain.calls.call import Call
from domain.calls.interventions import Intervening, Intervention
from domain.calls.steps import intervene


@attrs.frozen(kw_only=True)
class Intervene(CallStep):
    kind: Intervening
    text: str = attrs.field(default="", repr=False)


@attrs.frozen(kw_only=True)
class InterveneHandler:
    """Only messages are for the line; machines hear of the rest by the event."""

    on_the_line: OnTheLine

    async def __call__(self, command: Intervene, /) -> Call:
        """Raises WordsMissing, CallOver, CallStateForbids or NoBotTalks."""
        intervention = Intervention(
            kind=command.kind,
            text=command.text,
            by=command.actor.id,
            at=self.on_the_line.clock(),
        )

        async def ask(line: Telephony, provider_call: str) -> None:
            if command.kind is Intervening.MESSAGE:
                await line.say(provider_call, command.text)

        return await self.on_the_line(command, lambda call: intervene(call, intervention), ask)
