"""People step in while a call goes on, over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from dependency_injector import providers

from application.calls.telephony import TelephonyUnavailable
from application.calls.telephony_news import Told
from domain.calls.status import CallStatus
from domain.kernel.actors import Permission
from tests.fakes.telephony import FakeLine
from tests.fakes.time import Time
from tests.http.calling import CALLER, goes_on, of, rings, talks
from tests.http.desk import NOW, Desk, problem, program
from tests.http.test_call_timeline import timeline, told
from tests.http.test_customers import CONTACT, EMAIL, erase, known
from tests.samples_of_calls import heard

pytestmark = pytest.mark.anyio

OWN = frozenset({Permission.HANDLE_OWN_CALLS})
HELLO = {"kind": "message", "text": "Ann will join you."}


@pytest.fixture
def line() -> FakeLine:
    return FakeLine()


@pytest.fixture
async def ringing_desk(sqlite_url: str, line: FakeLine) -> AsyncIterator[Desk]:
    clock = Time(NOW)
    async with program(sqlite_url, clock) as container:
        container.calls.telephonies.override(providers.Object(line))
        yield await Desk.opened(container, clock)


async def steps_in(desk: Any, call: httpx.Response, kind: str, text: str = "") -> httpx.Response:
    answer: httpx.Response = await desk.post(
        of(call, "interventions"), {"kind": kind, "text": text}
    )
    return answer


async def test_a_machine_is_silenced_and_instructed(any_desk: Desk) -> None:
    call = await talks(any_desk)
    nobody = await steps_in(any_desk, call, "pause")
    await any_desk.post(of(call, "accept"), {"bot": "ada"})

    paused = await steps_in(any_desk, call, "pause", "Ann is upset")
    twice = await steps_in(any_desk, call, "pause")
    told_to = await steps_in(any_desk, call, "override", "Offer Ann the suite.")
    resumed = await steps_in(any_desk, call, "resume")
    read = (await any_desk.get(of(call))).json()

    assert problem(nobody) == (409, "no_bot_talks")
    assert problem(twice) == (409, "call_state_forbids")
    assert problem(await steps_in(any_desk, call, "override")) == (422, "words_missing")
    pauses = [one.json()["bot_paused"] for one in (paused, told_to, resumed)]
    assert pauses == [True, True, False]
    kept = [(one["kind"], one["text"]) for one in read["interventions"]]
    assert kept == [
        ("pause", "Ann is upset"),
        ("override", "Offer Ann the suite."),
        ("resume", ""),
    ]
    happened = await timeline(any_desk, call)
    by = {one["by"] for one in happened if one["name"] == "call_intervened"}
    assert {one["by"] for one in read["interventions"]} == by
    assert told(happened).count(("call", "call_intervened")) == 3
    assert "Ann" not in str(happened)


async def test_whoever_called_is_shown_what_was_said_and_until_they_are_forgotten(
    sealed_desk: Desk,
) -> None:
    desk = sealed_desk
    await known(desk)
    call = await talks(desk, "pbx-ann", caller=CONTACT["phone"])
    await steps_in(desk, call, "message", "Ann will join you.")
    await goes_on(desk, call, "completed")

    shown = await desk.post("/v1/customers/export", EMAIL)
    erased = await erase(desk, even_if_booked=True)
    (kept,) = (await desk.get(of(call))).json()["interventions"]

    assert "Ann will join you." in shown.text
    assert erased.status_code == 200
    assert (kept["kind"], kept["text"]) == ("message", "")


async def test_a_message_is_said_once(ringing_desk: Desk, line: FakeLine) -> None:
    call = await ringing_desk.post("/v1/calls", {"to": CALLER})
    early = await ringing_desk.post(of(call, "interventions"), HELLO)
    name = call.json()["provider_call"]
    listening = ringing_desk.container.telephony.listening()
    up = heard(CallStatus.IN_PROGRESS, provider_call=name)
    await listening.hear(ringing_desk.actor, Told(fact=up, incoming=None))

    line.down = TelephonyUnavailable()
    down = await ringing_desk.post(of(call, "interventions"), HELLO, key="one")
    line.down = None
    said = await ringing_desk.post(of(call, "interventions"), HELLO, key="one")
    again = await ringing_desk.post(of(call, "interventions"), HELLO, key="one")

    assert problem(early) == (409, "call_state_forbids")
    assert problem(down) == (503, "telephony_unavailable")
    assert said.content == again.content
    assert len(said.json()["interventions"]) == 1
    assert line.asked[1:] == [("say", name, HELLO["text"])] * 2


async def test_only_while_it_is_up_and_only_theirs(desk: Desk) -> None:
    agent, another = [await desk.caller(OWN) for _ in range(2)]
    call = await talks(desk)
    await agent.post(of(call, "accept"))

    assert (await agent.post(of(call, "interventions"), HELLO)).status_code == 200
    assert problem(await another.post(of(call, "interventions"), HELLO)) == (404, "call_not_found")
    await goes_on(desk, call, "completed")
    assert problem(await agent.post(of(call, "interventions"), HELLO)) == (409, "call_over")
    rung = await rings(desk, "pbx-2")
    early = await desk.post(of(rung, "interventions"), HELLO)
    assert problem(early) == (409, "call_state_forbids")
