"""One organization's simulated line."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from adapters.telephony_simulator.exchange import Begun, Exchange, SimulatedCall
from application.calls.telephony import Dial, Dialled, Telephony, Transfer
from application.calls.telephony_news import Incoming, Told
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.legs import Kind
from domain.calls.recordings import RecordingStep
from domain.calls.status import CallStatus

PROVIDER = "simulator"
OWN_NUMBER = "+15005550000"
STATUSES: Mapping[str, CallStatus] = {
    "queued": CallStatus.QUEUED,
    "initiated": CallStatus.QUEUED,
    "ringing": CallStatus.RINGING,
    "in-progress": CallStatus.IN_PROGRESS,
    "completed": CallStatus.COMPLETED,
    "busy": CallStatus.BUSY,
    "no-answer": CallStatus.NO_ANSWER,
    "rejected": CallStatus.REJECTED,
    "failed": CallStatus.FAILED,
    "canceled": CallStatus.CANCELLED,
}


@attrs.frozen(kw_only=True)
class SimulatedTelephony(Telephony):
    exchange: Exchange
    account: str

    @property
    def name(self) -> str:
        return PROVIDER

    async def dial(self, dial: Dial) -> Dialled:
        calling = dial.calling or OWN_NUMBER
        begun = Begun(
            account=self.account,
            key=dial.key,
            call=str(dial.call_id),
            caller=calling,
            called=dial.called,
        )
        call = await self.exchange.begin(begun)
        return Dialled(provider_call=call.id, calling=calling)

    async def hang_up(self, provider_call: str, *, reason: EndReason) -> None:
        await self.exchange.hang_up(self.account, provider_call)

    async def hold(self, provider_call: str) -> None:
        await self.exchange.do(self.account, provider_call, "hold")

    async def resume(self, provider_call: str) -> None:
        await self.exchange.do(self.account, provider_call, "resume")

    async def transfer(self, provider_call: str, transfer: Transfer) -> None:
        """Handed on cold, the customer has nobody else: the call ends with that leg."""
        await self.exchange.put_through(
            self.account,
            provider_call,
            f"transfer-{transfer.kind.value}",
            transfer.to,
            key=transfer.key or f"{provider_call}-{transfer.to}",
            ends_it=transfer.kind is Kind.COLD,
        )

    async def say(self, provider_call: str, text: str) -> None:
        await self.exchange.do(self.account, provider_call, "say")

    async def record(self, provider_call: str) -> str:
        """No sound is kept."""
        reference = f"SR{provider_call.removeprefix('SC')}"
        await self.exchange.do(self.account, provider_call, "recording-start", key=reference)
        return reference

    async def change_recording(
        self, provider_call: str, reference: str, step: RecordingStep
    ) -> None:
        await self.exchange.do(self.account, provider_call, f"recording-{step.value}")

    async def delete_recording(self, reference: str) -> None:
        """There was none."""

    async def look_up(self, provider_call: str) -> Heard | None:
        call = await self.exchange.look_up(self.account, provider_call)
        return None if call is None else seen(call)

    async def calls_since(self, moment: datetime) -> Sequence[Told]:
        return [
            Told(fact=seen(call), incoming=_incoming(call))
            for call in await self.exchange.since(self.account, moment)
        ]


def seen(call: SimulatedCall) -> Heard:
    """How a call stands when one looks: it has no number in the order of what was told."""
    return Heard(
        provider=PROVIDER,
        provider_call=call.id,
        event=f"seen-{call.status}",
        status=STATUSES.get(call.status),
        at=call.changed_at,
        details={} if call.call is None else {"call": call.call},
    )


def _incoming(call: SimulatedCall) -> Incoming | None:
    return Incoming(caller=call.caller, called=call.called) if call.inbound else None
