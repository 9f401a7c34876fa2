"""Calls over HTTP, from the first ring to the end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from dependency_injector import providers

from application.calls.telephony import TelephonyRefused, TelephonyUnavailable
from domain.calls.status import CallStatus
from domain.kernel.actors import Permission
from tests.fakes.telephony import FakeLine
from tests.fakes.time import Time
from tests.http.call_desk import CallDesk
from tests.http.calling import CALLER, OURS, goes_on, listed, of, rings, talks
from tests.http.desk import NOW, Caller, Desk, problem, program
from tests.samples_of_calls import heard

pytestmark = pytest.mark.anyio

OWN = frozenset({Permission.HANDLE_OWN_CALLS})
LOOKING = frozenset({Permission.READ_CALLS})


@pytest.fixture
def line() -> FakeLine:
    return FakeLine()


@pytest.fixture
async def ringing_desk(sqlite_url: str, line: FakeLine) -> AsyncIterator[Desk]:
    clock = Time(NOW)
    async with program(sqlite_url, clock) as container:
        container.calls.telephonies.override(providers.Object(line))
        yield await Desk.opened(container, clock)


async def test_a_call_from_ring_to_end(any_desk: Desk) -> None:
    call = await rings(any_desk, template="sales", metadata={"campaign": "spring"})
    again = await rings(any_desk)
    any_desk.clock.passes(timedelta(seconds=5))
    accepted = await any_desk.post(of(call, "accept"))
    talking = await goes_on(any_desk, call, "in_progress")
    any_desk.clock.passes(timedelta(seconds=60))
    held = await any_desk.post(of(call, "hold"))
    any_desk.clock.passes(timedelta(seconds=20))
    resumed = await any_desk.post(of(call, "resume"))
    any_desk.clock.passes(timedelta(seconds=10))
    ended = await any_desk.post(of(call, "end"), {"reason": "silence", "note": "nobody there"})
    late = await goes_on(any_desk, call, "ringing")
    read = await any_desk.get(of(call))

    shown = ended.json()
    assert again.json()["id"] == call.json()["id"]
    assert (call.json()["status"], call.json()["handler"]) == ("ringing", None)
    assert call.headers["Location"] == of(call)
    assert accepted.json()["handler"]["bot"] is None
    assert (talking.json()["status"], talking.json()["on_hold"]) == ("in_progress", False)
    assert (held.json()["on_hold"], resumed.json()["on_hold"]) == (True, False)
    assert (shown["status"], shown["caller"], shown["called"]) == ("completed", CALLER, OURS)
    assert shown["end"] == {
        "reason": "silence",
        "party": "desk",
        "fault": "customer",
        "billable": True,
        "retryable": False,
        "note": "nobody there",
    }
    assert shown["durations"] == {
        "queue": None,
        "ring": 5.0,
        "talk": 70.0,
        "hold": 20.0,
        "wrap": None,
        "total": 90.0,
    }
    assert shown["metadata"] == {"campaign": "spring"}
    assert late.json()["status"] == "completed"
    assert read.json()["end"] == shown["end"]
    known = {"If-None-Match": read.headers["ETag"]}
    assert (await any_desk.get(of(call), headers=known)).status_code == 304


async def test_what_was_heard_is_shown_in_order(desk: Desk) -> None:
    call = await rings(desk)
    for status in ("completed", "in_progress", None, "completed"):
        await goes_on(desk, call, status)

    first = (await desk.get(of(call, "news"), params={"limit": 2})).json()
    rest = (await desk.get(of(call, "news"), params={"limit": 2, "cursor": first["next"]})).json()

    told = [(one["event"], one["status"]) for one in (*first["items"], *rest["items"])]
    assert sorted(told, key=str) == [
        ("?", None),
        ("begun", "ringing"),
        ("completed", "completed"),
        ("in_progress", "in_progress"),
    ]


@pytest.mark.parametrize(
    ("step", "status", "code"),
    [
        ("hold", "ringing", "call_state_forbids"),
        ("resume", "in_progress", "call_state_forbids"),
        ("wrap-up", "in_progress", "call_state_forbids"),
        ("hold", "completed", "call_over"),
        ("accept", "busy", "call_over"),
        ("end", "no_answer", "call_over"),
    ],
)
async def test_steps_are_refused_where_they_make_no_sense(
    desk: Desk, step: str, status: str, code: str
) -> None:
    call = await goes_on(desk, await rings(desk), status)

    refused = await desk.post(of(call, step))

    assert problem(refused) == (409, code)


async def test_whoever_repeats_a_request_ends_a_call_once(desk: Desk) -> None:
    call = await talks(desk)

    first = await desk.post(of(call, "end"), key="one")
    second = await desk.post(of(call, "end"), key="one")

    assert first.content == second.content
    assert second.headers["Idempotency-Replayed"] == "true"


async def test_the_desk_rings_up(ringing_desk: Desk, line: FakeLine) -> None:
    call = await ringing_desk.post("/v1/calls", {"to": CALLER, "bot": "ada"})
    shown = call.json()
    held = await ringing_desk.post(of(call, "hold"))
    reported = await ringing_desk.post(of(call, "news"), {"event": "x", "status": "busy"})
    line.stands = heard(CallStatus.IN_PROGRESS, provider_call=shown["provider_call"])
    ended = await ringing_desk.post(of(call, "end"))

    assert call.status_code == 201, call.text
    assert (shown["caller"], shown["called"]) == (OURS, CALLER)
    assert (shown["status"], shown["provider"]) == ("scheduled", "fake")
    assert problem(held) == (409, "call_state_forbids")
    assert problem(reported) == (409, "call_carried_by_us")
    assert (ended.json()["status"], ended.json()["end"]["reason"]) == ("completed", "done")
    assert line.asked == [
        ("dial", CALLER),
        ("hang_up", shown["provider_call"], "done"),
    ]


async def test_whoever_acts_as_an_agent_rings_people_up_as_that_agent(ringing_desk: Desk) -> None:
    calls = CallDesk(desk=ringing_desk)
    softphone, acts_as = await calls.acting()
    ana = (await calls.agent(acts_as=acts_as)).json()["id"]
    rui = (await calls.agent("Rui Costa")).json()["id"]

    rung = await softphone.post("/v1/calls", {"to": CALLER})
    posed = await softphone.post("/v1/calls", {"to": CALLER, "agent_id": rui})

    assert rung.json()["handler"]["agent_id"] == ana
    assert (posed.status_code, posed.json()["code"]) == (403, "not_your_agent")


async def test_a_call_that_nobody_has_answered_is_called_off(ringing_desk: Desk) -> None:
    call = await ringing_desk.post("/v1/calls", {"to": CALLER})

    ended = await ringing_desk.post(of(call, "end"), {"reason": "called_off"})

    assert ended.json()["status"] == "cancelled"
    assert ended.json()["end"]["billable"] is False


async def test_what_is_done_is_done_on_the_line(ringing_desk: Desk, line: FakeLine) -> None:
    call = await ringing_desk.post("/v1/calls", {"to": CALLER})
    name = call.json()["provider_call"]
    line.stands = heard(CallStatus.IN_PROGRESS, provider_call=name)
    line.down = TelephonyUnavailable()
    down = await ringing_desk.post(of(call, "end"))
    line.down = None
    hold = await ringing_desk.post(of(call, "hold"))
    ended = await ringing_desk.post(of(call, "end"))

    assert problem(down) == (503, "telephony_unavailable")
    assert down.headers["Retry-After"] == "5"
    assert problem(hold) == (409, "call_state_forbids")
    # It had been asked for while nobody had answered, as far as anybody knew.
    assert (ended.json()["status"], ended.json()["ending"]) == ("cancelled", "done")


async def test_handing_on_makes_it_nobodys(ringing_desk: Desk, line: FakeLine) -> None:
    call = await talks(ringing_desk)
    await ringing_desk.post(of(call, "accept"))

    handed_on = await ringing_desk.post(of(call, "transfer"), {"to": OURS, "kind": "warm"})

    assert handed_on.json()["handler"] is None
    assert line.asked == []


@pytest.mark.parametrize(
    ("refusal", "status", "reason"),
    [
        (TelephonyUnavailable(), 503, "telephony_unavailable"),
        (TelephonyRefused("21211"), 422, "carrier_failed"),
    ],
)
async def test_a_line_that_does_not_ring_leaves_a_call_that_has_failed(
    ringing_desk: Desk, line: FakeLine, refusal: Any, status: int, reason: str
) -> None:
    line.down = refusal

    refused = await ringing_desk.post("/v1/calls", {"to": CALLER})

    assert problem(refused) == (status, refusal.code)
    (call,) = (await ringing_desk.get("/v1/calls")).json()["items"]
    assert (call["status"], call["end"]["reason"]) == ("failed", reason)
    assert call["end"]["retryable"] is True


async def test_without_a_line_nobody_is_rung(desk: Desk) -> None:
    assert problem(await desk.post("/v1/calls", {"to": CALLER})) == (409, "no_telephony")
    assert await listed(desk) == []


async def test_people_see_their_own_calls_and_nobodys(desk: Desk) -> None:
    agent, another, viewer = [await desk.caller(scopes) for scopes in (OWN, OWN, LOOKING)]
    mine, theirs, nobodys = [await talks(desk, f"pbx-{number}") for number in range(3)]
    await agent.post(of(mine, "accept"))
    await another.post(of(theirs, "accept"))

    assert set(await listed(agent)) == {"pbx-0", "pbx-2"}
    assert set(await listed(viewer)) == {"pbx-0", "pbx-1", "pbx-2"}
    for path in (of(theirs), of(theirs, "news")):
        assert problem(await agent.get(path)) == (404, "call_not_found")
        assert (await viewer.get(path)).status_code == 200
    assert problem(await agent.post(of(theirs, "end"))) == (404, "call_not_found")
    assert problem(await viewer.post(of(mine, "end"))) == (403, "not_permitted")
    assert problem(await agent.send("DELETE", of(mine))) == (403, "not_permitted")
    assert (await agent.post(of(mine, "end"))).status_code == 200
    assert problem(await desk.post(of(theirs, "accept"))) == (409, "call_taken")
    assert (await agent.get(of(nobodys))).status_code == 200


async def test_a_call_is_written_up(desk: Desk) -> None:
    await desk.send(
        "PUT",
        "/v1/settings/calls.wrap_up",
        json={"value": True},
        headers={"If-Match": "*"},
    )
    call = await talks(desk)
    await desk.post(of(call, "accept"))

    down = await goes_on(desk, call, "completed")
    deleted = await desk.send("DELETE", of(call), headers={"If-Match": "*"})
    desk.clock.passes(timedelta(seconds=30))
    written_up = await desk.post(of(call, "wrap-up"))

    assert down.json()["status"] == "wrapping"
    assert problem(deleted) == (409, "call_not_over")
    assert written_up.json()["status"] == "completed"
    assert written_up.json()["durations"]["wrap"] == 30.0


async def test_what_is_kept_with_a_call_is_changed_by_whoever_has_seen_it(desk: Desk) -> None:
    call = await talks(desk)
    tag = call.headers["ETag"]
    noted = {"template": "sales", "metadata": {"campaign": "spring"}}

    changed = await desk.send("PUT", of(call), json=noted, headers={"If-Match": tag})
    same = await desk.send("PUT", of(call), json=noted, headers={"If-Match": "*"})
    late = await desk.send("PUT", of(call), json=noted, headers={"If-Match": tag})

    assert changed.json()["metadata"] == {"campaign": "spring"}
    assert same.headers["ETag"] == changed.headers["ETag"]
    assert problem(late) == (412, "version_changed")


async def test_a_deleted_call_is_shown_nowhere(desk: Desk) -> None:
    call = await goes_on(desk, await talks(desk), "completed")

    deleted = await desk.send("DELETE", of(call), headers={"If-Match": "*"})

    assert deleted.status_code == 200
    assert await listed(desk) == []
    assert problem(await desk.get(of(call))) == (404, "call_not_found")
    assert problem(await desk.post(of(call, "hold"))) == (404, "call_not_found")


async def test_others_know_nothing_of_it(desk: Desk) -> None:
    call = await talks(desk)
    other: Caller = await Desk.opened(desk.container, desk.clock, "another")

    assert problem(await other.get(of(call))) == (404, "call_not_found")
    assert await listed(other) == []
