"""Members are told of what concerns them, in the program itself, over HTTP."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.http.call_desk import CallDesk
from tests.http.desk import Caller, Desk, problem
from tests.http.people import Staff
from tests.http.test_call_quality import CARD, call_over, line, said, score
from tests.http.test_imports import ROOMS, bring, run

pytestmark = pytest.mark.anyio


@pytest.fixture
async def staff(desk: Desk) -> Staff:
    return await Staff.of(desk)


async def heard(desk: Desk) -> None:
    """What the worker does, more than once."""
    notices: Any = desk.container.notifications.in_program
    await desk.relay()
    for _ in range(2):
        await desk.container.event_relay().deliver(
            notices.to_members(), desk.actor.organization_id, limit=1000
        )


async def badly(desk: Desk) -> str:
    """A call whose score is low."""
    call = await call_over(desk)
    await said(desk, call, line("customer", f"Terrible, awful, useless {CARD}", 5))
    assert (await score(desk, call))["score"] < 0.6
    return call


async def listed(member: Caller, **query: Any) -> Any:
    answer = await member.get("/v1/notices", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_reviewers_are_told_of_a_call_that_went_badly(desk: Desk, staff: Staff) -> None:
    manager = await staff.joined("manager", "max@example.com")
    agent = await staff.joined("agent", "ana@example.com")
    call = await badly(desk)

    await heard(desk)

    mine, theirs = await listed(staff.ada), await listed(manager)
    (told,) = mine["items"]
    assert (told["type"], told["title"], told["read"], told["read_at"]) == (
        "call_scored_low",
        "A call scored low",
        False,
        None,
    )
    assert (await manager.get(told["action_url"])).status_code == 200
    assert call in told["action_url"]
    assert [mine["unread"], theirs["unread"], (await listed(agent))["unread"]] == [1, 1, 0]


async def test_a_notice_is_read_once_and_put_away(desk: Desk, staff: Staff) -> None:
    manager = await staff.joined("manager", "max@example.com")
    await badly(desk)
    await heard(desk)
    (told,) = (await listed(staff.ada))["items"]
    path = f"/v1/notices/{told['id']}"

    read = [await staff.ada.post(f"{path}/read") for _ in range(2)]

    assert [answer.json()["read"] for answer in read] == [True, True]
    assert read[0].json()["read_at"] == read[1].json()["read_at"] is not None
    assert (await listed(staff.ada, read="false"))["items"] == []
    assert len((await listed(staff.ada, read="true"))["items"]) == 1
    assert (await staff.ada.send("DELETE", path)).json()["id"] == told["id"]
    gone = [await staff.ada.send("DELETE", path), await staff.ada.post(f"{path}/read")]
    assert [problem(answer) for answer in gone] == [(404, "notice_not_found")] * 2
    assert (await listed(manager))["unread"] == 1, "theirs is another one"
    assert [await _read_all(manager), await _read_all(manager)] == [1, 0]
    assert (await listed(manager))["unread"] == 0


async def _read_all(member: Caller) -> int:
    return int((await member.post("/v1/notices/read")).json()["read"])


async def test_nobody_is_told_what_they_do_not_want(desk: Desk, staff: Staff) -> None:
    path = "/v1/notices/preferences"
    chosen = await staff.ada.send("PUT", path, json={"unwanted": ["call_scored_low"]})
    assert chosen.json()["unwanted"] == ["call_scored_low"]
    assert (await staff.ada.get(path)).json() == chosen.json()
    assert set(chosen.json()["types"]) >= {"refund_requested", "escalation_offered"}
    refused = await staff.ada.send("PUT", path, json={"unwanted": ["whatever"]})
    assert refused.status_code == 400

    await badly(desk)
    await heard(desk)

    assert await listed(staff.ada) == {"items": [], "unread": 0, "next": None}


async def test_who_is_offered_a_caller_is_told_of_it(desk: Desk, staff: Staff) -> None:
    ana = await staff.joined("agent", "ana@example.com")
    bo = await staff.joined("agent", "bo@example.com")
    acts_as = (await ana.get("/v1/me")).json()["member"]["id"]
    calls = CallDesk(desk=desk)
    await calls.agent(acts_as=acts_as)
    await calls.queue()
    escalation = await calls.escalate()

    await heard(desk)

    (told,) = (await listed(ana))["items"]
    assert told["type"] == "escalation_offered"
    assert told["action_url"] == f"/v1/escalations/{escalation.json()['id']}"
    assert (await listed(bo))["items"] == []


async def test_who_brought_something_in_is_told_when_it_is_done(desk: Desk, staff: Staff) -> None:
    await staff.joined("manager", "max@example.com")
    brought: httpx.Response = await bring(staff.ada, "offerings", ROOMS)  # type: ignore[arg-type]
    await run(desk, brought)
    await run(desk, await bring(desk, "offerings", ROOMS))

    await heard(desk)

    (told,) = (await listed(staff.ada))["items"]
    assert told["type"] == "import_completed"
    assert (await staff.ada.get(told["action_url"])).json()["state"] == "completed"


async def test_keys_are_told_nothing(desk: Desk) -> None:
    answers = [
        await desk.get("/v1/notices"),
        await desk.get("/v1/notices/preferences"),
        await desk.post("/v1/notices/read"),
        await desk.post(f"/v1/notices/{uuid4()}/read"),
        await desk.send("DELETE", f"/v1/notices/{uuid4()}"),
        await desk.send("PUT", "/v1/notices/preferences", json={"unwanted": []}),
    ]

    assert {problem(answer) for answer in answers} == {(404, "no_account")}


async def test_notices_go_with_whoever_had_them(desk: Desk, staff: Staff) -> None:
    manager = await staff.joined("manager", "max@example.com")
    await badly(desk)
    await heard(desk)
    await manager.send("PUT", "/v1/notices/preferences", json={"unwanted": ["crawl_blocked"]})
    member_id = (await manager.get("/v1/me")).json()["member"]["id"]
    shown = await staff.ada.get(f"/v1/members/{member_id}")

    removed = await staff.ada.send(
        "DELETE", f"/v1/members/{member_id}", headers={"If-Match": shown.headers["ETag"]}
    )

    assert removed.status_code == 200, removed.text
