"""A whole organization with one request over HTTP: all of it, or nothing."""

from typing import Any

import pytest

from application.identity.set_tier import SetTier
from domain.identity.tiers import Tier
from domain.kernel.actors import Permission
from entrypoints.http.queue_shapes import ROUND_THE_CLOCK
from tests.http.desk import NIGHTS, ROOMS, TERMS, Caller, Desk, problem, stay
from tests.http.whole_desks import BERT, CALL_DESK, TILL, TRAVEL_DESK, changed, there, twice

pytestmark = pytest.mark.anyio


async def left(desk: Desk) -> tuple[str, int, int, int]:
    """The name of the organization, and how much of it there is."""
    organization = (await desk.get("/v1/organization")).json()
    lists = [(await desk.get(path)).json() for path in ("/v1/resources", "/v1/members")]
    resources, members = (len(one["items"]) for one in lists)
    keys = (await desk.get("/v1/organization/usage")).json()["api_keys"]
    return organization["name"], resources, members, keys


async def test_all_of_it_is_there_and_on_sale(any_desk: Desk) -> None:
    answer = await any_desk.post("/v1/setup", TRAVEL_DESK)

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["counts"] == {
        "resources": 4,
        "sales_terms": 3,
        "pools": 32,
        "venues": 1,
        "trainers": 1,
        "members": 1,
        "api_keys": 1,
        **dict.fromkeys(
            (
                "settings",
                "agents",
                "queues",
                "dispositions",
                "scorecards",
                "sites",
                "crawls",
            ),
            0,
        ),
    }
    rooms, session, draft, breakfast = body["resources"]
    secret = body["api_keys"][0]["secret"]
    till = Caller(http=any_desk.http, headers={"Authorization": f"Bearer {secret}"})
    assert (await till.post("/v1/quotes", stay(rooms))).status_code == 201
    assert (await any_desk.get(f"/v1/resources/{breakfast}")).json()["stock_id"] == rooms
    assert (await till.post("/v1/quotes", stay(breakfast))).status_code == 201
    assert (await any_desk.get(f"/v1/venues/{body['venues'][0]}")).json()["capacity"] == 20
    assert (await any_desk.get(f"/v1/trainers/{body['trainers'][0]}")).json()["version"] == 1
    assert (await any_desk.get(f"/v1/resources/{session}/sales-terms")).json()["version"] == 1
    assert (await any_desk.get(f"/v1/resources/{draft}")).json()["state"] == "draft"
    (member,) = body["members"]
    assert (await any_desk.get(f"/v1/members/{member}")).json()["state"] == "invited"
    assert await left(any_desk) == ("Seaside", 4, 1, 2)


async def test_repeated_it_is_not_done_twice_and_shows_no_secrets(any_desk: Desk) -> None:
    first = await any_desk.post("/v1/setup", TRAVEL_DESK, key="once")
    again = await any_desk.post("/v1/setup", TRAVEL_DESK, key="once")

    assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json()["resources"] == first.json()["resources"]
    assert first.json()["api_keys"][0]["secret"].startswith("fd_live_")
    assert again.json()["api_keys"][0]["secret"] is None
    assert await left(any_desk) == ("Seaside", 4, 1, 2)


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (
        changed(
            TRAVEL_DESK, "resources", 0, offering={"kind": "hotel", "beds": 2, "most_guests": 1}
        ),
        "#/resources/0/offering/most_guests",
        "fewer_guests_than_beds",
    ),
    (
        changed(TRAVEL_DESK, "resources", 1, zone="Europe/Atlantis"),
        "#/resources/1/zone",
        "unknown_zone",
    ),
    (
        changed(TRAVEL_DESK, "resources", 3, stock_of=3),
        "#/resources/3/stock_of",
        "not_an_earlier_one",
    ),
    (
        changed(TRAVEL_DESK, "resources", 3, stock_of=1),
        "#/resources/3/stock_of",
        "not_an_earlier_one",
    ),
    (changed(TRAVEL_DESK, "venues", 0, zone="Europe/Atlantis"), "#/venues/0/zone", "unknown_zone"),
    (
        changed(TRAVEL_DESK, "trainers", 0, zone="Europe/Atlantis"),
        "#/trainers/0/zone",
        "unknown_zone",
    ),
    (
        changed(
            TRAVEL_DESK,
            "resources",
            2,
            sales_terms={
                **TERMS,
                "hold_minutes": 10,
                "cancellation": [
                    {"hours_before": 24, "refund_percent": 100},
                    {"hours_before": 48, "refund_percent": 50},
                ],
            },
        ),
        "#/resources/2/sales_terms/cancellation",
        "bad_cancellation_tiers",
    ),
    (
        changed(
            TRAVEL_DESK, "resources", 0, openings=[{**NIGHTS, "capacity": 1}, {"capacity": 1}]
        ),
        "#/resources/0/openings/1/from",
        "nights_needed",
    ),
    (
        {**TRAVEL_DESK, "members": [BERT, {**BERT, "name": "Another Bert"}]},
        "#/members/1",
        "email_taken",
    ),
    (
        {**TRAVEL_DESK, "organization": {"name": " Seaside"}},
        "#/organization/name",
        "bad_organization_name",
    ),
    (changed(CALL_DESK, "agents", 1, extension="101"), "#/agents/1", "agent_taken"),
    (changed(CALL_DESK, "agents", 0, member=1), "#/agents/0", "not_one_of_these"),
    (changed(CALL_DESK, "agents", 1, api_key=1), "#/agents/1", "not_one_of_these"),
    (changed(CALL_DESK, "agents", 1, member=0), "#/agents/1", "not_one_of_these"),
    (changed(CALL_DESK, "agents", 1, api_key=None, member=0), "#/agents/1", "agent_taken"),
    (twice(CALL_DESK, "queues"), "#/queues/1", "queue_title_taken"),
    (changed(CALL_DESK, "queues", 0, zone="Europe/Atlantis"), "#/queues/0/zone", "unknown_zone"),
    (twice(CALL_DESK, "dispositions"), "#/dispositions/2", "disposition_label_taken"),
    (
        changed(CALL_DESK, "scorecards", 1, sections=[]),
        "#/scorecards/1/sections",
        "bad_scorecard_form",
    ),
    (changed(CALL_DESK, "scorecards", 0, bands=[]), "#/scorecards/0/bands", "bad_scorecard_bands"),
    (
        changed(CALL_DESK, "sites", 1, seeds=["https://elsewhere.example/"]),
        "#/sites/1/seeds",
        "bad_seed",
    ),
    (changed(CALL_DESK, "settings", 0, value=0), "#/settings/0/value", "bad_setting_value"),
    (changed(CALL_DESK, "settings", 1, key="calls.nothing"), "#/settings/1", "unknown_setting"),
    (
        changed(CALL_DESK, "settings", 2, key="holds.minutes_at_most"),
        "#/settings/2",
        "setting_not_editable",
    ),
]


async def test_a_part_that_is_refused_is_named_and_nothing_is_left(any_desk: Desk) -> None:
    for wanted, at, cause in REFUSED:
        answer = await any_desk.post("/v1/setup", wanted)

        assert problem(answer) == (422, "part_refused"), answer.text
        body = answer.json()
        assert (body["at"], body["cause"]) == (at, cause)
        assert body["errors"] == [{"pointer": at, "detail": body["why"]}]
    assert await left(any_desk) == ("Desk", 0, 0, 1)
    assert not any((await there(any_desk)).values())


async def test_what_is_refused_last_takes_all_before_it_back(any_desk: Desk) -> None:
    set_tier = any_desk.container.identity.set_tier()
    await set_tier(SetTier(actor=any_desk.actor, tier=Tier.FREE))

    answer = await any_desk.post("/v1/setup", {**TRAVEL_DESK, "api_keys": [TILL, TILL]})
    assert problem(answer) == (409, "too_many_api_keys")
    assert await left(any_desk) == ("Desk", 0, 0, 1)
    await any_desk.relay()
    events = (await any_desk.get("/v1/events")).json()["items"]
    assert "resource_added" not in [event["name"] for event in events]


async def test_no_more_is_opened_than_can_be_at_once(desk: Desk) -> None:
    opening = {"from": "2027-03-01", "until": "2029-03-01", "capacity": 1}
    many = {"resources": [{**ROOMS, "openings": [opening] * 28}]}

    assert problem(await desk.post("/v1/setup", many)) == (422, "too_much_at_once")


@pytest.mark.parametrize(
    ("missing", "part"),
    [
        (Permission.WRITE_CATALOGUE, "resources"),
        (Permission.MANAGE_MEMBERS, "members"),
        (Permission.MANAGE_KEYS, "api_keys"),
        (Permission.MANAGE_ORGANIZATION, "organization"),
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

    answer = await somebody.post("/v1/setup", {part: {**CALL_DESK, **TRAVEL_DESK}[part]})
    assert problem(answer) == (403, "not_permitted")
    assert answer.json()["permission"] == missing.value


async def test_nobody_gives_keys_more_than_they_have(desk: Desk) -> None:
    somebody = await desk.caller(frozenset(Permission) - {Permission.READ_AUDIT})

    wanted = {"api_keys": [{**TILL, "scopes": ["audit:read"]}]}
    assert problem(await somebody.post("/v1/setup", wanted)) == (403, "scopes_beyond_own")


async def test_much_costs_no_more_statements_than_little(any_desk: Desk) -> None:
    set_tier = any_desk.container.identity.set_tier()
    await set_tier(SetTier(actor=any_desk.actor, tier=Tier.PROFESSIONAL))
    spent = []
    for much in (1, 10):
        members = [{**BERT, "email": f"bert{much}-{place}@example.com"} for place in range(much)]
        wanted = {
            "resources": [TRAVEL_DESK["resources"][0]] * much,
            "members": members,
            "api_keys": [TILL] * much,
            "agents": [{"name": f"Agent {much} {one}", "kind": "bot"} for one in range(much)],
            "queues": [{**ROUND_THE_CLOCK, "title": f"{much} {one}"} for one in range(much)],
            "dispositions": [{"label": f"{much} {one}"} for one in range(much)],
            **{part: CALL_DESK[part][:1] * much for part in ("scorecards", "sites", "settings")},
        }
        with any_desk.statements() as seen:
            answer = await any_desk.post("/v1/setup", wanted)
        assert answer.status_code == 201, answer.text
        spent.append(len(seen))

    assert spent[1] <= spent[0] + 9, spent
