"""The simulated line keeps to its script, and tells of it as unreliably as a real one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from uuid import uuid4

import attrs
import pytest

from adapters.simulator.file import SimulatorFile
from adapters.telephony_simulator.deliveries import Deliveries
from adapters.telephony_simulator.exchange import SCHEMA, Begun, Exchange
from adapters.telephony_simulator.messages import News, SimulatedLine, message_of
from adapters.telephony_simulator.straying import Astray, Straying
from adapters.telephony_simulator.telephony import SimulatedTelephony
from application.calls.telephony import Dial, TelephonyRefused
from application.calls.telephony_news import BadTelephonySignature, Message, Told
from application.kernel.secrets import Secret
from domain.calls.ending import EndReason
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId
from tests.fakes.time import Time

pytestmark = pytest.mark.anyio

NOON = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
SECRET = Secret("whsec_of_the_line")


GONE = "gone"


@attrs.frozen(kw_only=True)
class Simulation:
    exchange: Exchange
    time: Time
    taken: list[Message]
    answers: list[int]

    @classmethod
    def at(cls, folder: Path, *, seed: int = 1) -> "Simulation":
        time = Time(NOON)
        exchange = Exchange(
            book=SimulatorFile(folder / f"{uuid4()}.db", SCHEMA),
            clock=time,
            new_id=uuid4,
            chance=Random(seed).randrange,
        )
        return cls(exchange=exchange, time=time, taken=[], answers=[])

    @property
    def line(self) -> SimulatedTelephony:
        return SimulatedTelephony(exchange=self.exchange, account="one")

    def deliveries(self, *astray: Astray | None) -> Deliveries:
        whims = list(astray)

        async def address_of(account: str) -> str | None:
            return None if account == GONE else f"https://desk.example.com/{account}"

        async def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
            lower = {name.lower(): value for name, value in headers.items()}
            self.taken.append(Message(url=url, headers=lower, body=body))
            return self.answers.pop(0) if self.answers else 200

        return Deliveries(
            exchange=self.exchange,
            address_of=address_of,
            secrets=lambda: [SECRET],
            post=post,
            astray=lambda: whims.pop(0) if whims else None,
        )

    def told(self) -> Sequence[Told]:
        line = SimulatedLine(secrets=lambda: [SECRET])
        return [line.told(message, now=self.time()) for message in self.taken]

    def events(self) -> list[str]:
        return [told.fact.event for told in self.told()]


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return Simulation.at(tmp_path)


def dial(called: str, key: str = "one") -> Dial:
    return Dial(key=key, call_id=CallId(uuid4()), called=called)


async def passes(simulation: Simulation, seconds: int, *astray: Astray | None) -> None:
    deliver = simulation.deliveries(*astray)
    for _ in range(seconds):
        simulation.time.passes(timedelta(seconds=1))
        await deliver()


@pytest.mark.parametrize(
    ("ending", "events", "status"),
    [
        ("0001", ["initiated", "ringing", "in-progress"], CallStatus.IN_PROGRESS),
        ("0002", ["initiated", "ringing", "busy"], CallStatus.BUSY),
        ("0003", ["initiated", "ringing", "no-answer"], CallStatus.NO_ANSWER),
        ("0004", ["initiated", "failed"], CallStatus.FAILED),
        ("0005", ["initiated", "ringing", "in-progress", "failed"], CallStatus.FAILED),
        ("0006", ["initiated", "ringing", "rejected"], CallStatus.REJECTED),
        ("0007", ["initiated", "ringing", "canceled"], CallStatus.CANCELLED),
    ],
)
async def test_the_end_of_a_number_says_what_becomes_of_a_call(
    simulation: Simulation, ending: str, events: list[str], status: CallStatus
) -> None:
    asked = dial(f"+15005{ending}")
    placed = await simulation.line.dial(asked)
    simulation.time.passes(timedelta(minutes=1))
    await simulation.deliveries()()
    seen = await simulation.line.look_up(placed.provider_call)

    assert seen is not None
    assert (seen.status, simulation.events()) == (status, events)
    assert [told.fact.sequence for told in simulation.told()] == list(range(len(events)))
    assert {told.fact.details["call"] for told in simulation.told()} == {str(asked.call_id)}
    assert b"+1500" not in b"".join(message.body for message in simulation.taken)


async def test_the_same_seed_makes_the_same_day(tmp_path: Path) -> None:
    days = []
    for seed in (1, 1, 2):
        simulation = Simulation.at(tmp_path, seed=seed)
        for number in range(30):
            await simulation.line.dial(dial(f"+150055512{number:02d}", str(number)))
        simulation.time.passes(timedelta(hours=1))
        seen = await simulation.line.calls_since(NOON)
        days.append(sorted(str(told.fact.status) for told in seen))

    assert days[0] == days[1] != days[2]
    assert len(set(days[0])) > 3


async def test_the_same_key_rings_nobody_twice(simulation: Simulation) -> None:
    placed = [await simulation.line.dial(dial("+15005550001")) for _ in range(2)]

    assert placed[0] == placed[1]
    assert len(await simulation.line.calls_since(NOON)) == 1


async def test_hanging_up_ends_the_script(simulation: Simulation) -> None:
    ringing = (await simulation.line.dial(dial("+15005550001", "ringing"))).provider_call
    talking = (await simulation.line.dial(dial("+15005550005", "talking"))).provider_call
    await simulation.line.hang_up(ringing, reason=EndReason.CALLED_OFF)
    simulation.time.passes(timedelta(seconds=4))
    for _ in range(2):
        await simulation.line.hang_up(talking, reason=EndReason.DONE)
    simulation.time.passes(timedelta(minutes=1))

    seen = await simulation.line.calls_since(NOON)
    assert {told.fact.provider_call: told.fact.status for told in seen} == {
        ringing: CallStatus.CANCELLED,
        talking: CallStatus.COMPLETED,
    }


async def test_only_a_call_that_is_up_can_be_held(simulation: Simulation) -> None:
    call = (await simulation.line.dial(dial("+15005550001"))).provider_call
    with pytest.raises(TelephonyRefused, match="not_in_progress"):
        await simulation.line.hold(call)
    simulation.time.passes(timedelta(seconds=4))
    await simulation.line.hold(call)
    await simulation.line.say(call, "one moment")
    await simulation.line.resume(call)
    await simulation.line.record(call)
    await simulation.line.record(call)
    await simulation.deliveries()()

    assert simulation.events()[-4:] == ["hold", "say", "resume", "recording-start"]
    assert simulation.told()[-1].fact.status is None
    assert await simulation.line.look_up("nobody") is None
    with pytest.raises(TelephonyRefused, match="no_such_call"):
        await simulation.line.hang_up("nobody", reason=EndReason.DONE)


async def test_news_comes_late_or_twice_or_again_until_it_is_taken(
    simulation: Simulation,
) -> None:
    await simulation.line.dial(dial("+15005550002"))
    simulation.answers.append(500)
    # It rings: refused at first. Before, the beginning was late; the end comes twice.
    await passes(simulation, 20, Astray.LATE, None, None, Astray.TWICE)

    assert simulation.events() == ["ringing", "ringing", "busy", "busy", "initiated"]


async def test_what_is_lost_is_never_told(simulation: Simulation) -> None:
    await simulation.line.dial(dial("+15005550002"))
    await passes(simulation, 6, None, Astray.LOST)
    simulation.time.passes(timedelta(minutes=4))
    await simulation.deliveries()()

    assert simulation.events() == ["initiated", "busy"]


async def test_who_is_gone_is_told_nothing_and_is_in_nobodys_way(simulation: Simulation) -> None:
    gone = SimulatedTelephony(exchange=simulation.exchange, account=GONE)
    await gone.dial(dial("+15005550002"))
    await simulation.line.dial(dial("+15005550002"))

    await passes(simulation, 20)

    assert simulation.events() == ["initiated", "ringing", "busy"]


def test_so_many_of_a_hundred_go_astray_in_every_way() -> None:
    straying = Straying(Random(1).randrange, 5)
    ways = [straying() for _ in range(10_000)]

    assert 400 < sum(way is not None for way in ways) < 600
    assert set(ways) == {None, *Astray}


async def test_somebody_rings(simulation: Simulation) -> None:
    begun = Begun(
        account="one",
        key="in",
        call=None,
        caller="+15005550005",
        called="+15005550000",
        inbound=True,
    )
    await simulation.exchange.begin(begun)
    await passes(simulation, 10)

    incoming = simulation.told()[0].incoming
    assert incoming is not None
    assert (incoming.caller, incoming.called) == ("+15005550005", "+15005550000")
    assert simulation.events() == ["initiated", "ringing", "in-progress", "failed"]


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("0008", ["initiated", "initiated", "ringing", "ringing", "in-progress", "in-progress"]),
        ("0009", ["initiated", "in-progress", "ringing"]),
    ],
)
async def test_some_numbers_are_told_of_twice_or_late(
    simulation: Simulation, ending: str, told: list[str]
) -> None:
    await simulation.line.dial(dial(f"+1500555{ending}"))
    await passes(simulation, 12)

    happened = simulation.events()
    assert sorted(happened) == sorted(told)
    assert happened[-1] == told[-1]


async def test_what_nobody_has_signed_is_not_believed(simulation: Simulation) -> None:
    await simulation.line.dial(dial("+15005550002"))
    await simulation.deliveries()()
    (message,) = simulation.taken
    line = SimulatedLine(secrets=lambda: [SECRET])
    news = News(provider_call="SC1", event="busy", sequence=0, at=NOON)
    for bad in (
        attrs.evolve(message, body=message_of(news)),
        attrs.evolve(message, headers={}),
        attrs.evolve(message, headers={"telephony-signature": "t=x,v1=é"}),
    ):
        with pytest.raises(BadTelephonySignature):
            line.told(bad, now=NOON)
    with pytest.raises(BadTelephonySignature):
        line.told(message, now=NOON + timedelta(minutes=6))
    with pytest.raises(BadTelephonySignature):
        SimulatedLine(secrets=lambda: [Secret("another")]).told(message, now=NOON)
