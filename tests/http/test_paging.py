"""Lists, page by page, and the feed of events."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

NOWHERE = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"


async def pages(desk: Desk, path: str) -> list[list[str]]:
    """The ids on each page, from link to link."""
    found, following = [], path
    while following:
        page = await desk.get(following)
        assert page.status_code == 200, page.text
        found.append([item.get("id") or item["resource_id"] for item in page.json()["items"]])
        link = page.links.get("next")
        following = link["url"] if link else ""
        cursor = parse_qs(urlsplit(following).query).get("cursor", [None])[0]
        assert cursor == page.json()["next"]
    return found


async def test_every_booking_is_on_one_page(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=5)
    held = [(await any_desk.hold(rooms, night=night)).json()["id"] for night in (9, 8, 8, 7, 9)]

    found = await pages(any_desk, "/v1/bookings?limit=2&state=held")

    assert [len(page) for page in found] == [2, 2, 1]
    assert sorted(chain.from_iterable(found)) == sorted(held)
    assert next(iter(chain.from_iterable(found))) == held[3]


async def test_what_is_searched_for_is_on_one_page_too(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=5)
    held = [(await any_desk.hold(rooms, night=night)).json()["id"] for night in (9, 8, 7)]
    asked = {"email": "ana@example.com", "limit": 2}

    first = (await any_desk.post("/v1/bookings/search", asked, key="")).json()
    after = {**asked, "cursor": first["next"]}
    second = (await any_desk.post("/v1/bookings/search", {**after, "limit": 1}, key="")).json()
    other = await any_desk.post("/v1/bookings/search", {**after, "email": "bob@example.com"})

    assert [one["id"] for one in first["items"] + second["items"]] == held[::-1]
    assert second["next"] is None
    assert problem(other) == (422, "bad_cursor")


@pytest.mark.parametrize(
    "path", ["/v1/resources?", "/v1/availability?from=2027-03-10&until=2027-03-11&"]
)
async def test_every_resource_is_on_one_page(any_desk: Desk, path: str) -> None:
    added = [await any_desk.rooms(name=name) for name in ("Ärmel & Söhne", "a/b?c=d", "Z", "Z")]

    found = await pages(any_desk, f"{path}limit=1&kind=hotel")

    assert sorted(chain.from_iterable(found)) == sorted(added)


async def test_a_cursor_is_good_for_its_own_list_only(any_desk: Desk) -> None:
    for name in ("A", "B"):
        await any_desk.rooms(name=name)
    cursor = (await any_desk.get("/v1/resources?limit=1")).json()["next"]

    async def go_on(query: str) -> tuple[int, str]:
        refused = await any_desk.get(query)
        assert refused.json()["errors"][0]["parameter"] == "cursor"
        return problem(refused)

    dates = "from=2027-03-10&until=2027-03-11"
    assert await go_on(f"/v1/resources?kind=hotel&cursor={cursor}") == (422, "bad_cursor")
    assert await go_on(f"/v1/bookings?cursor={cursor}") == (422, "bad_cursor")
    assert await go_on(f"/v1/availability?{dates}&cursor={cursor}") == (422, "bad_cursor")
    assert await go_on(f"/v1/resources?cursor={cursor[:-8]}") == (422, "bad_cursor")
    assert await go_on(f"/v1/resources?cursor=x{cursor}") == (422, "bad_cursor")
    assert await go_on("/v1/resources?cursor=A") == (422, "bad_cursor")


@pytest.mark.parametrize(
    "key",
    [
        ["2027-03-10T15:00:00+00:00"],
        ["2027-03-10T15:00:00+00:00", "7"],
        ["soon", NOWHERE],
        ["0001-01-01T00:00:00+14:00", NOWHERE],
        ["\0", NOWHERE],
        [1, 2],
        [],
        {},
    ],
)
async def test_a_cursor_is_no_way_into_the_database(any_desk: Desk, key: object) -> None:
    rooms = await any_desk.rooms()
    for _ in range(2):
        await any_desk.hold(rooms)
    given = (await any_desk.get("/v1/bookings?limit=1")).json()["next"]
    forged = urlsafe_b64encode(urlsafe_b64decode(given + "==")[:6] + json.dumps(key).encode())

    refused = await any_desk.get("/v1/bookings", params={"cursor": forged.decode().rstrip("=")})

    assert problem(refused) == (422, "bad_cursor")


async def test_events_have_positions_without_gaps(any_desk: Desk) -> None:
    held = await any_desk.hold(await any_desk.rooms())
    await any_desk.step(held, "release")
    assert (await any_desk.get("/v1/events")).json() == {"items": []}
    await any_desk.relay()

    first = (await any_desk.get("/v1/events?limit=2")).json()["items"]
    rest = (await any_desk.get("/v1/events?after=2")).json()["items"]
    end = (await any_desk.get("/v1/events?after=9223372036854775807")).json()["items"]

    events = first + rest
    assert events[0]["name"] == "api_key_created"
    assert [event["position"] for event in events] == [1, 2, 3, 4, 5, 6]
    assert [event["name"] for event in events][-2:] == ["booking_held", "booking_released"]
    assert events[5]["subject"] == held.json()["id"]
    assert end == []
