"""A telephone line: what it is told to do, and what it says when it likes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from application.calls.telephony import Telephonies, Telephony, TelephonyUnavailable
from application.calls.telephony_news import Incoming, Line, Lines, Message, Told
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.identifiers import OrganizationId
from tests.fakes.telephony import FakeLine
from tests.simulation.faults import Faults, Faulty
from tests.simulation.oracles import Eye, Finding

PROVIDER = "simulated"


@attrs.define(kw_only=True)
class OnTheLine:
    """A call as it is for whoever carries it."""

    caller: str
    status: CallStatus
    changed_at: datetime


@attrs.define(kw_only=True)
class Exchange(FakeLine):
    """`said_now` is given the place of everything that is said, among all that was."""

    clock: Callable[[], datetime]
    said_now: Callable[[int], None]
    name: str = PROVIDER
    calls: dict[str, OnTheLine] = attrs.field(factory=dict)
    said: list[Told] = attrs.field(factory=list)

    def rings(self, caller: str) -> str:
        """What the call is called there."""
        name = f"SC{len(self.calls)}"
        self.calls[name] = OnTheLine(
            caller=caller, status=CallStatus.RINGING, changed_at=self.clock()
        )
        self._say(name)
        return name

    def becomes(self, name: str, status: CallStatus) -> None:
        """What is over stays as it is."""
        call = self.calls[name]
        if not call.status.is_over:
            call.status, call.changed_at = status, self.clock()
            self._say(name)

    async def hang_up(self, provider_call: str, *, reason: EndReason) -> None:
        talks = self.calls[provider_call].status is CallStatus.IN_PROGRESS
        self.becomes(provider_call, CallStatus.COMPLETED if talks else CallStatus.CANCELLED)

    async def look_up(self, provider_call: str) -> Heard | None:
        return self._seen(provider_call)

    async def calls_since(self, moment: datetime) -> Sequence[Told]:
        return [Told(fact=self._seen(name), incoming=self._incoming(name)) for name in self.calls]

    def _say(self, name: str) -> None:
        status = self.calls[name].status
        fact = attrs.evolve(self._seen(name), event=status.value, sequence=len(self.said))
        self.said.append(Told(fact=fact, incoming=self._incoming(name)))
        self.said_now(len(self.said) - 1)

    def _seen(self, name: str) -> Heard:
        call = self.calls[name]
        return Heard(
            provider=PROVIDER,
            provider_call=name,
            event=f"seen-{call.status.value}",
            status=call.status,
            at=call.changed_at,
        )

    def _incoming(self, name: str) -> Incoming:
        return Incoming(caller=self.calls[name].caller, called=None)


@attrs.frozen
class Voice(Line):
    """News is the place of what was said."""

    exchange: Exchange

    def told(self, message: Message, /, *, now: datetime) -> Told:
        return self.exchange.said[int(message.body)]

    def rung(self, message: Message, /, *, now: datetime) -> Told:
        return self.told(message, now=now)

    def instructions(self, provider_call: str, /) -> bytes:
        return b""


@attrs.frozen
class Exchanges(Telephonies, Lines):
    exchanges: Mapping[OrganizationId, Exchange]
    faults: Faults

    def of(self, organization_id: OrganizationId, /) -> Telephony:
        line: Telephony = Faulty(
            self.exchanges[organization_id], "line", self.faults, TelephonyUnavailable
        )
        return line

    def line(self, organization_id: OrganizationId, provider: str, /) -> Line:
        return Voice(self.exchanges[organization_id])

    async def close(self) -> None: ...


def at_the_line(
    eye: Eye, organization_id: OrganizationId, exchange: Exchange
) -> Iterator[Finding]:
    """What has come in is known, and what is over here is over there, where it costs money."""
    here = {
        str(name): CallStatus(status)
        for name, status in eye.rows(
            "SELECT provider_call, status FROM calls WHERE organization_id = ?",
            organization_id.hex,
        )
    }
    # Who has never heard of any call is asked about none.
    for name, there in exchange.calls.items() if here else ():
        if name not in here or here[name].is_over != there.status.is_over:
            stands = here[name].value if name in here else "unknown"
            yield "the line and the desk agree", f"{name}: {stands}, there {there.status.value}"
