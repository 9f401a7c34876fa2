"""A telephone line that does what it is told, or nothing at all."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.calls.telephony import Dial, Dialled, Telephonies, Telephony, Transfer
from application.calls.telephony_news import Told
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.recordings import RecordingStep
from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Refusal


@attrs.define
class FakeLine(Telephony, Telephonies):
    """`asked` is what it was asked for; `down` is what it says instead of doing it."""

    name: str = "fake"
    asked: list[tuple[str, ...]] = attrs.field(factory=list)
    down: Refusal | None = None
    rung: set[str] = attrs.field(factory=set)
    stands: Heard | None = None

    def of(self, organization_id: OrganizationId, /) -> Telephony:
        return self

    async def dial(self, dial: Dial) -> Dialled:
        self._ask("dial", dial.called)
        return Dialled(provider_call=f"line-{dial.key}", calling="+442079460000")

    async def hang_up(self, provider_call: str, *, reason: EndReason) -> None:
        self._ask("hang_up", provider_call, reason.value)

    async def hold(self, provider_call: str) -> None:
        self._ask("hold", provider_call)

    async def resume(self, provider_call: str) -> None:
        self._ask("resume", provider_call)

    async def transfer(self, provider_call: str, transfer: Transfer) -> None:
        if transfer.key is not None and transfer.key in self.rung:
            return
        self._ask("transfer", provider_call, transfer.to, transfer.kind.value)
        if transfer.key is not None:
            self.rung.add(transfer.key)

    async def say(self, provider_call: str, text: str) -> None:
        self._ask("say", provider_call, text)

    async def record(self, provider_call: str) -> str:
        self._ask("record", provider_call)
        return f"rec-{provider_call}"

    async def change_recording(
        self, provider_call: str, reference: str, step: RecordingStep
    ) -> None:
        self._ask(step.value, provider_call, reference)

    async def delete_recording(self, reference: str) -> None:
        self._ask("delete_recording", reference)

    async def look_up(self, provider_call: str) -> Heard | None:
        if self.down is not None:
            raise self.down
        return self.stands

    async def calls_since(self, moment: datetime) -> Sequence[Told]:
        return () if self.stands is None else (Told(fact=self.stands, incoming=None),)

    def _ask(self, *what: str) -> None:
        self.asked.append(what)
        if self.down is not None:
            raise self.down
