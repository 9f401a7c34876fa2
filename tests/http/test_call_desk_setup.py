"""A desk that answers calls, set up with one request over HTTP: all of it, or nothing."""

import pytest

from entrypoints.http.queue_shapes import ROUND_THE_CLOCK
from tests.http.desk import Caller, Desk
from tests.http.whole_desks import ANA, CALL_DESK, LISTS, there

pytestmark = pytest.mark.anyio

TOLD = {
    "agent_added": 2,
    "queue_added": 1,
    "scorecard_added": 2,
    "scorecard_activated": 1,
    "site_added": 2,
    "crawl_started": 1,
}
ALL = {
    "agents": 2,
    "queues": 1,
    "dispositions": 2,
    "scorecards": 2,
    "sites": 2,
    "settings": 2,
    "members": 1,
}


async def test_all_of_it_is_there_and_works(any_desk: Desk) -> None:
    answer = await any_desk.post("/v1/setup", CALL_DESK)

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert {part: body["counts"][part] for part in ALL} == ALL
    assert body["counts"]["crawls"] == 1
    assert await there(any_desk) == ALL
    ana = (await any_desk.get(f"/v1/agents/{body['agents'][0]}")).json()
    assert (ana["acts_as"], ana["skills"], ana["level"]) == (body["members"][0], ["german"], 2)
    board = (await any_desk.get("/v1/agents", params={"skill": "german"})).json()["items"]
    assert [one["id"] for one in board] == [ana["id"]]
    bot = Caller(
        http=any_desk.http,
        headers={"Authorization": f"Bearer {body['api_keys'][0]['secret']}"},
    )
    mine = (await bot.get("/v1/agents/me")).json()
    came = await bot.post(f"/v1/agents/{mine['id']}/presence", {"presence": "available"})
    assert (mine["id"], came.json()["presence"]) == (body["agents"][1], "available")
    queue = (await any_desk.get(f"/v1/queues/{body['queues'][0]}")).json()
    assert (queue["title"], queue["active"]) == (ROUND_THE_CLOCK["title"], True)
    cards = [(await any_desk.get(f"/v1/scorecards/{id}")).json() for id in body["scorecards"]]
    assert [one["edition"] for one in cards] == [1, None]
    crawls = [(await any_desk.get(f"/v1/sites/{id}/crawls")).json() for id in body["sites"]]
    assert [[one["id"] for one in each["items"]] for each in crawls] == [[], body["crawls"]]


async def test_settings_hold_from_the_answer_on(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    before = (await any_desk.hold(rooms)).json()
    await any_desk.post("/v1/setup", {"settings": CALL_DESK["settings"]})
    after = (await any_desk.hold(rooms)).json()

    assert before["expires_at"][11:16] == "12:15"
    assert after["expires_at"][11:16] == "12:20"


async def test_repeated_it_is_not_done_twice(any_desk: Desk) -> None:
    first = await any_desk.post("/v1/setup", CALL_DESK, key="once")
    again = await any_desk.post("/v1/setup", CALL_DESK, key="once")

    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    for part in (*LISTS, "crawls", "counts"):
        assert again.json()[part] == first.json()[part]
    assert await there(any_desk) == ALL


async def test_it_is_told_as_its_parts_are(any_desk: Desk) -> None:
    await any_desk.post("/v1/setup", CALL_DESK)
    await any_desk.relay()

    events = (await any_desk.get("/v1/events", params={"limit": 100})).json()["items"]
    names = [event["name"] for event in events]
    trail = (await any_desk.get("/v1/audit", params={"kind": "setting_changed"})).json()["items"]
    assert {name: names.count(name) for name in TOLD} == TOLD
    assert {one["changes"]["setting"] for one in trail} == {"holds.minutes", "calls.wrap_up"}


async def test_what_is_there_already_is_named_as_well(any_desk: Desk) -> None:
    await any_desk.post("/v1/setup", CALL_DESK)

    nobody = {"member": None, "api_key": None}
    for part, one, cause in (
        ("agents", {**ANA, **nobody}, "agent_taken"),
        ("queues", ROUND_THE_CLOCK, "queue_title_taken"),
        ("dispositions", {"label": "Booked"}, "disposition_label_taken"),
    ):
        fresh = {
            "agents": {"name": "New", "kind": "bot"},
            "queues": {**ROUND_THE_CLOCK, "title": "New"},
            "dispositions": {"label": "New"},
        }[part]
        answer = await any_desk.post("/v1/setup", {part: [fresh, one]})
        assert (answer.json()["at"], answer.json()["cause"]) == (f"#/{part}/1", cause)
    assert await there(any_desk) == ALL
