"""Twilio's own client does what the port promises, as far as somebody who stands in can tell.

The stand-in has a memory and signs what it tells. `conformance` runs the same once more behind a
proxy that holds each request and each answer against Twilio's own description of its API.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree as ET

import attrs
import pytest

from adapters.cache.memory_rates import MemoryRates
from adapters.twilio.pace import Pace
from adapters.twilio.reading import heard_in, joined
from adapters.twilio.signatures import Signatures, Signed
from adapters.twilio.telephony import Doors, TwilioTelephony
from application.calls.telephony import (
    Dial,
    NoTelephony,
    TelephonyRefused,
    TelephonyUnavailable,
    Transfer,
)
from application.kernel.secrets import Secret
from domain.calls.ending import EndReason
from domain.calls.legs import Kind
from domain.calls.recordings import RecordingStep
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId, OrganizationId
from tests.fakes.time import Time
from tests.twilio_double import TOKEN, Account, serving
from tests.twilio_numbers import ACCOUNT, BEGAN

pytestmark = pytest.mark.anyio

DOORS = Doors(
    events="https://desk.example.com/v1/telephony-events/twilio/desk",
    voice="https://desk.example.com/v1/telephony-voice/twilio/desk",
)
ANA, DESK, SPECIALIST = "+351210000001", "+351210000002", "+351210000003"


@attrs.frozen(kw_only=True)
class Line:
    account: Account
    telephony: TwilioTelephony
    time: Time
    paused: list[float]


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def twilio_url(account: Account) -> Iterator[str]:
    with serving(account) as url:
        yield url


def opened(url: str, time: Time, paused: list[float], token: str = TOKEN) -> TwilioTelephony:
    async def number() -> str:
        return DESK

    async def doors() -> Doors:
        return DOORS

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        time.passes(timedelta(seconds=seconds))

    rates = MemoryRates(seconds=lambda: time().timestamp())
    pace = Pace(account=ACCOUNT, organization_id=OrganizationId(uuid4()), rates=rates, pause=pause)
    return TwilioTelephony.open(
        ACCOUNT,
        Secret(token),
        url,
        doors=doors,
        number=number,
        own_number=number,
        pace=pace,
        clock=time,
        seconds=5,
    )


@pytest.fixture
async def line(account: Account, twilio_url: str) -> AsyncIterator[Line]:
    time, paused = Time(BEGAN), list[float]()
    telephony = opened(twilio_url, time, paused)
    yield Line(account=account, telephony=telephony, time=time, paused=paused)
    await telephony.close()


def dial(called: str = ANA) -> Dial:
    return Dial(key=str(uuid4()), call_id=CallId(uuid4()), called=called)


async def up(line: Line) -> str:
    """A call that was answered."""
    placed = await line.telephony.dial(dial())
    line.account.becomes(line.account.calls[placed.provider_call], "in-progress")
    return placed.provider_call


async def test_a_call_is_placed_and_told_about_from_ring_to_end(line: Line) -> None:
    asked = dial()
    placed = await line.telephony.dial(asked)
    call = line.account.calls[placed.provider_call]
    for status in ("initiated", "ringing", "in-progress", "completed"):
        line.account.becomes(call, status)

    facts = []
    for told in line.account.told:
        signed = Signed(told.url, told.signature)
        assert Signatures(lambda: [Secret(TOKEN)]).of_form(signed, told.form.items())
        query = {"call": told.url.rpartition("=")[2]}
        facts.append(heard_in(joined(told.form.items()), query, now=BEGAN))
    assert (placed.calling, call.to, call.from_) == (DESK, ANA, DESK)
    assert [fact.sequence for fact in facts] == [0, 1, 2, 3]
    assert [fact.status for fact in facts] == [
        CallStatus.QUEUED,
        CallStatus.RINGING,
        CallStatus.IN_PROGRESS,
        CallStatus.COMPLETED,
    ]
    assert {fact.details["call"] for fact in facts} == {str(asked.call_id)}
    assert "+" not in str([fact.details for fact in facts])


async def test_an_account_places_one_call_a_second(line: Line) -> None:
    waited = [(await line.telephony.dial(dial())).queue_seconds for _ in range(3)]

    assert waited == [0, 1, 1]
    assert line.paused == [1, 1]


async def test_what_rings_is_called_off_and_what_is_up_is_completed(line: Line) -> None:
    ringing = (await line.telephony.dial(dial())).provider_call
    talking = await up(line)
    for call in (ringing, talking, talking):  # and once more does no harm
        await line.telephony.hang_up(call, reason=EndReason.DONE)

    assert [call.status for call in line.account.calls.values()] == ["canceled", "completed"]


async def test_holding_is_waiting_elsewhere_and_coming_back(line: Line) -> None:
    call = await up(line)
    await line.telephony.hold(call)
    await line.telephony.say(call, 'Two seats are left & "yours" <now>')
    await line.telephony.resume(call)

    held, said, back = (ET.fromstring(one) for one in line.account.calls[call].documents)  # noqa: S314
    assert held.find("Play") is not None
    assert held.find("Dial") is None
    assert said.findtext("Say") == 'Two seats are left & "yours" <now>'
    assert said.findtext("Dial/Conference") == back.findtext("Dial/Conference") == call


async def test_a_cold_transfer_puts_the_customer_through(line: Line) -> None:
    call = await up(line)
    await line.telephony.transfer(call, Transfer(to=SPECIALIST, kind=Kind.COLD))

    (document,) = line.account.calls[call].documents
    number = ET.fromstring(document).find("Dial/Number")  # noqa: S314
    assert number is not None
    assert number.text == SPECIALIST
    assert number.get("statusCallback") == f"{DOORS.events}?of={call}"


async def test_for_a_warm_transfer_somebody_joins_those_who_talk(line: Line) -> None:
    call = await up(line)
    await line.telephony.transfer(call, Transfer(to=SPECIALIST, kind=Kind.WARM))

    ((room, form),) = line.account.joined
    assert room == call
    assert (form["To"], form["From"]) == ([SPECIALIST], [DESK])
    assert form["StatusCallback"] == [f"{DOORS.events}?of={call}"]
    assert line.account.calls[call].documents == []


async def test_who_rings_already_is_not_rung_again(line: Line) -> None:
    call = await up(line)
    again = Transfer(to=SPECIALIST, kind=Kind.WARM, key="1", again=True)
    await line.telephony.transfer(call, again)
    ringing = line.account.begun(SPECIALIST, DESK, None, "outbound-api")
    await line.telephony.transfer(call, again)
    line.account.becomes(ringing, "no-answer")
    await line.telephony.transfer(call, again)

    assert [room for room, _ in line.account.joined] == [call, call]


async def test_a_call_is_recorded_once_paused_and_forgotten(line: Line) -> None:
    call = await up(line)
    name = await line.telephony.record(call)
    again = await line.telephony.record(call)
    states = []
    for step in RecordingStep:
        await line.telephony.change_recording(call, name, step)
        states.append(line.account.recordings[name][1])
    for _ in range(2):
        await line.telephony.delete_recording(name)

    assert (again, states) == (name, ["paused", "in-progress", "stopped"])
    assert line.account.recordings == {name: (call, "absent")}


async def test_one_can_look_how_calls_stand(line: Line) -> None:
    first, second = await up(line), await up(line)
    await line.telephony.hang_up(second, reason=EndReason.DONE)
    seen = await line.telephony.look_up(second)

    assert seen is not None
    assert (seen.status, seen.details) == (CallStatus.COMPLETED, {"duration": "1"})
    assert await line.telephony.look_up("CA" + "e" * 32) is None
    listed = await line.telephony.calls_since(BEGAN - timedelta(days=1))
    assert [(told.fact.provider_call, told.fact.status) for told in listed] == [
        (first, CallStatus.IN_PROGRESS),
        (second, CallStatus.COMPLETED),
    ]
    assert listed[1].fact == seen


async def test_a_refusal_has_twilio_s_code_and_no_number(line: Line) -> None:
    with pytest.raises(TelephonyRefused) as refused:
        await line.telephony.dial(dial("351210000001"))

    assert refused.value.reason == "21211"
    with pytest.raises(TelephonyRefused, match="21220"):
        await line.telephony.hold((await line.telephony.dial(dial())).provider_call)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_an_outage_says_that_trying_again_may_help(line: Line, status: int) -> None:
    line.account.fails = status
    with pytest.raises(TelephonyUnavailable):
        await line.telephony.look_up("CA" + "e" * 32)


async def test_a_bad_token_is_told_from_an_outage(twilio_url: str) -> None:
    telephony = opened(twilio_url, Time(BEGAN), [], "another")
    with pytest.raises(NoTelephony):
        await telephony.look_up("CA" + "e" * 32)
    await telephony.close()


async def test_a_call_whose_placing_was_not_answered_is_found_again(line: Line) -> None:
    asked = dial()
    line.account.unheard = True
    with pytest.raises(TelephonyUnavailable):
        await line.telephony.dial(asked)
    line.account.unheard = False
    placed = await line.telephony.dial(asked)

    assert list(line.account.calls) == [placed.provider_call]
    assert (await line.telephony.dial(dial())).provider_call != placed.provider_call
