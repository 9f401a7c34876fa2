"""Record a call, on a basis that is said; pause, go on, stop."""

import attrs

from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.telephony import Telephony
from domain.calls.call import Call
from domain.calls.recording_steps import change, record, recording_of
from domain.calls.recordings import RecordingBasis, RecordingStep


@attrs.frozen(kw_only=True)
class RecordCall(CallStep):
    """`reference` is for calls that somebody else carries, and records."""

    basis: RecordingBasis
    reference: str | None = None


@attrs.frozen(kw_only=True)
class RecordCallHandler:
    on_the_line: OnTheLine

    async def __call__(self, command: RecordCall, /) -> Call:
        """Raises CallOver, CallStateForbids or RecordingStateForbids."""
        called = [command.reference]

        async def ask(line: Telephony, provider_call: str) -> None:
            called[0] = await line.record(provider_call)

        def step(call: Call) -> Call:
            now = self.on_the_line.clock()
            return record(call, command.basis, called[0], by=command.actor.id, now=now)

        return await self.on_the_line(command, step, ask)


@attrs.frozen(kw_only=True)
class ChangeRecording(CallStep):
    step: RecordingStep


@attrs.frozen(kw_only=True)
class ChangeRecordingHandler:
    on_the_line: OnTheLine

    async def __call__(self, command: ChangeRecording, /) -> Call:
        """Raises NoRecording or RecordingStateForbids."""
        called = [""]

        async def ask(line: Telephony, provider_call: str) -> None:
            await line.change_recording(provider_call, called[0], command.step)

        def step(call: Call) -> Call:
            after = change(call, command.step, now=self.on_the_line.clock())
            called[0] = recording_of(after).reference or ""
            return after

        return await self.on_the_line(command, step, ask)
