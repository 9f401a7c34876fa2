"""A desk that answers calls, set up with one request over HTTP: all of it, or nothing."""

from typing import Any

import pytest

from domain.kernel.actors import Permission
from entrypoints.http.queue_shapes import ROUND_THE_CLOCK
from entrypoints.http.scorecard_shapes import MANNERS
from entrypoints.http.site_shapes import GUIDE
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

ANA: dict[str, Any] = {
    "name": "Ana Sousa",
    "kind": "person",
    "member": 0,
    "extension": "101",
    "skills": ["german"],
    "departments": ["billing"],
    "level": 2,
}
BOT: dict[str, Any] = {"name": "Night desk", "kind": "bot", "api_key": 0, "extension": "102"}
WHOLE: dict[str, Any] = {
    "members": [{"email": "ana@example.com", "name": "Ana Sousa", "role": "viewer"}],
    "api_keys": [{"name": "Bot", "mode": "live", "scopes": ["calls:own"]}],
    "settings": [
        {"key": "holds.minutes", "value": 30},
        {"key": "calls.wrap_up", "value": True},
        {"key": "holds.minutes", "value": 20},
    ],
    "agents": [ANA, BOT],
    "queues": [ROUND_THE_CLOCK],
    "dispositions": [{"label": "Booked"}, {"label": "Wants to be rung back"}],
    "scorecards": [MANNERS, {**MANNERS, "title": "To come", "active": False}],
    "sites": [GUIDE, {**GUIDE, "title": "At once", "crawl": True}],
}
LISTS = ("agents", "queues", "dispositions", "scorecards", "sites")


def changed(part: str, place: int, **changes: Any) -> dict[str, Any]:
    """The whole, with one thing different."""
    parts = list(WHOLE[part])
    parts[place] = {**parts[place], **changes}
    return {**WHOLE, part: parts}


def twice(part: str) -> dict[str, Any]:
    """The whole, with the first of that part once more at the end."""
    return {**WHOLE, part: [*WHOLE[part], WHOLE[part][0]]}


async def there(desk: Desk) -> dict[str, int]:
    """How much there is of each part."""
    counted = {part: len((await desk.get(f"/v1/{part}")).json()["items"]) for part in LISTS}
    settings = (await desk.get("/v1/settings")).json()["items"]
    own = [one for one in settings if one["source"] == "organization"]
    members = (await desk.get("/v1/members")).json()["items"]
    return {**counted, "settings": len(own), "members": len(members)}


NOTHING = dict.fromkeys((*LISTS, "settings", "members"), 0)
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
    answer = await any_desk.post("/v1/setup", WHOLE)

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
    await any_desk.post("/v1/setup", {"settings": WHOLE["settings"]})
    after = (await any_desk.hold(rooms)).json()

    assert before["expires_at"][11:16] == "12:15"
    assert after["expires_at"][11:16] == "12:20"


async def test_repeated_it_is_not_done_twice(any_desk: Desk) -> None:
    first = await any_desk.post("/v1/setup", WHOLE, key="once")
    again = await any_desk.post("/v1/setup", WHOLE, key="once")

    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    for part in (*LISTS, "crawls", "counts"):
        assert again.json()[part] == first.json()[part]
    assert await there(any_desk) == ALL


async def test_it_is_told_as_its_parts_are(any_desk: Desk) -> None:
    await any_desk.post("/v1/setup", WHOLE)
    await any_desk.relay()

    events = (await any_desk.get("/v1/events", params={"limit": 100})).json()["items"]
    names = [event["name"] for event in events]
    trail = (await any_desk.get("/v1/audit", params={"kind": "setting_changed"})).json()["items"]
    assert {name: names.count(name) for name in TOLD} == TOLD
    assert {one["changes"]["setting"] for one in trail} == {"holds.minutes", "calls.wrap_up"}


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (changed("agents", 1, extension="101"), "#/agents/1", "agent_taken"),
    (changed("agents", 0, member=1), "#/agents/0", "not_one_of_these"),
    (changed("agents", 1, api_key=1), "#/agents/1", "not_one_of_these"),
    (changed("agents", 1, member=0), "#/agents/1", "not_one_of_these"),
    (changed("agents", 1, api_key=None, member=0), "#/agents/1", "agent_taken"),
    (twice("queues"), "#/queues/1", "queue_title_taken"),
    (changed("queues", 0, zone="Europe/Atlantis"), "#/queues/0/zone", "unknown_zone"),
    (twice("dispositions"), "#/dispositions/2", "disposition_label_taken"),
    (changed("scorecards", 1, sections=[]), "#/scorecards/1/sections", "bad_scorecard_form"),
    (changed("scorecards", 0, bands=[]), "#/scorecards/0/bands", "bad_scorecard_bands"),
    (changed("sites", 1, seeds=["https://elsewhere.example/"]), "#/sites/1/seeds", "bad_seed"),
    (changed("settings", 0, value=0), "#/settings/0/value", "bad_setting_value"),
    (changed("settings", 1, key="calls.nothing"), "#/settings/1", "unknown_setting"),
    (changed("settings", 2, key="holds.minutes_at_most"), "#/settings/2", "setting_not_editable"),
]


async def test_a_part_that_is_refused_is_named_and_nothing_is_left(any_desk: Desk) -> None:
    for wanted, at, cause in REFUSED:
        answer = await any_desk.post("/v1/setup", wanted)

        assert problem(answer) == (422, "part_refused"), answer.text
        assert (answer.json()["at"], answer.json()["cause"]) == (at, cause)
    assert await there(any_desk) == NOTHING


async def test_what_is_there_already_is_named_as_well(any_desk: Desk) -> None:
    await any_desk.post("/v1/setup", WHOLE)

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


@pytest.mark.parametrize(
    ("missing", "part"),
    [
        (Permission.WRITE_AGENTS, "agents"),
        (Permission.WRITE_AGENTS, "queues"),
        (Permission.WRITE_CALLS, "dispositions"),
        (Permission.REVIEW_CALLS, "scorecards"),
        (Permission.WRITE_DOCUMENTATION, "sites"),
        (Permission.MANAGE_SETTINGS, "settings"),
    ],
)
async def test_each_part_needs_what_it_needs_elsewhere(
    desk: Desk, missing: Permission, part: str
) -> None:
    somebody = await desk.caller(frozenset(Permission) - {missing})

    answer = await somebody.post("/v1/setup", {part: WHOLE[part]})
    assert problem(answer) == (403, "not_permitted")
    assert answer.json()["permission"] == missing.value


async def test_much_costs_no_more_statements_than_little(any_desk: Desk) -> None:
    spent = []
    for much in (1, 10):
        wanted = {
            "agents": [{"name": f"Agent {much} {one}", "kind": "bot"} for one in range(much)],
            "queues": [{**ROUND_THE_CLOCK, "title": f"{much} {one}"} for one in range(much)],
            "dispositions": [{"label": f"{much} {one}"} for one in range(much)],
            "scorecards": [MANNERS] * much,
            "sites": [GUIDE] * much,
            "settings": WHOLE["settings"] * much,
        }
        with any_desk.statements() as seen:
            answer = await any_desk.post("/v1/setup", wanted)
        assert answer.status_code == 201, answer.text
        spent.append(len(seen))

    assert spent[1] <= spent[0] + 10, spent
