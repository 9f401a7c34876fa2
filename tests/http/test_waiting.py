"""Waiting for what is sold out, over HTTP."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.http.desk import NOW, Desk, problem, stay

pytestmark = pytest.mark.anyio


def guest(resource_id: str, name: str, **changes: Any) -> dict[str, Any]:
    contact = {"name": name, "email": f"{name.lower()}@example.com"}
    return stay(resource_id, contact=contact, **changes)


async def join(desk: Desk, resource_id: str, name: str, **changes: Any) -> httpx.Response:
    return await desk.post("/v1/waiting-list", guest(resource_id, name, **changes))


async def withdraw(desk: Desk, entry: httpx.Response) -> httpx.Response:
    return await desk.post(
        f"/v1/waiting-list/{entry.json()['id']}/withdraw",
        headers={"If-Match": entry.headers["ETag"]},
    )


async def test_waiting_being_offered_a_room_and_taking_it(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    held = await desk.hold(rooms)

    joined = await join(desk, rooms, "Rui")
    assert joined.status_code == 201
    place = joined.headers["Location"]
    waits = (await desk.get(place)).json()
    assert (waits["position"], waits["entry"]["state"]) == (1, "waiting")
    await desk.step(held, "release")

    entry = (await desk.get(place)).json()["entry"]
    assert entry["state"] == "offered"
    assert entry["offer"]["rule"] == "first_in_line"
    offer = await desk.get(f"/v1/bookings/{entry['offer']['booking_id']}")
    assert (offer.json()["purpose"], offer.json()["state"]) == ("offer", "held")
    assert (await desk.step(offer, "confirm")).status_code == 200
    assert (await desk.get(place)).json()["entry"]["state"] == "booked"


async def test_the_list_explains_its_order(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=2)
    held = await desk.hold(rooms)
    await desk.hold(rooms)
    names = ["Rui", "Eva", "Ida"]
    for name, number in zip(names, (2, 1, 1), strict=True):
        assert (await join(desk, rooms, name, rooms=number)).status_code == 201
    await desk.step(held, "release")

    listed = await desk.get(f"/v1/resources/{rooms}/waiting-list")
    items = listed.json()["items"]

    assert [one["entry"]["contact"]["name"] for one in items] == names
    assert [one["position"] for one in items] == [1, None, 2]
    assert [one["entry"]["times_passed_over"] for one in items] == [1, 0, 0]
    offer = items[1]["entry"]["offer"]
    assert (offer["rule"], offer["position"]) == ("fits_sooner", 2)
    assert offer["passed_over"] == [{"id": items[0]["entry"]["id"], "times": 1}]
    first = await desk.get(f"/v1/resources/{rooms}/waiting-list", params={"limit": 2})
    assert len(first.json()["items"]) == 2
    rest = await desk.get(
        f"/v1/resources/{rooms}/waiting-list",
        params={"limit": 2, "cursor": first.json()["next"]},
    )
    assert [one["position"] for one in rest.json()["items"]] == [2]


async def test_refusals(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=1)
    assert problem(await join(desk, rooms, "Rui")) == (409, "not_sold_out")
    await desk.hold(rooms)
    joined = await join(desk, rooms, "Rui")
    assert problem(await join(desk, rooms, "Rui")) == (409, "already_waiting")
    assert problem(await join(desk, rooms, "Eva", night=31)) == (409, "not_sold_out")

    assert (await withdraw(desk, joined)).json()["state"] == "withdrawn"
    assert problem(await withdraw(desk, joined)) == (412, "version_changed")
    again = await desk.get(f"/v1/waiting-list/{joined.json()['id']}")
    assert problem(await withdraw(desk, joined_again(joined, again))) == (
        409,
        "no_longer_waiting",
    )
    nobody = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"
    assert problem(await desk.get(f"/v1/waiting-list/{nobody}")) == (
        404,
        "waiting_entry_not_found",
    )
    nothing = await desk.get(f"/v1/resources/{nobody}/waiting-list")
    assert problem(nothing) == (404, "resource_not_found")


def joined_again(joined: httpx.Response, seen: httpx.Response) -> httpx.Response:
    """The same entry, as it was seen last."""
    return httpx.Response(200, json=joined.json(), headers={"ETag": seen.headers["ETag"]})


async def test_more_rooms_are_offered_to_whoever_waits(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=1)
    await desk.hold(rooms)
    joined = await join(desk, rooms, "Rui")

    opening = {"from": "2027-03-01", "until": "2027-04-01", "capacity": 2}
    assert (await desk.post(f"/v1/resources/{rooms}/openings", opening)).status_code == 200

    entry = (await desk.get(joined.headers["Location"])).json()["entry"]
    assert entry["state"] == "offered"


async def test_who_waits_until_booking_closes_is_found_by_the_clock(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    await desk.hold(rooms)
    await join(desk, rooms, "Rui")
    due = desk.container.schedules.due_waiting()

    assert list(await due.organizations(now=NOW)) == []
    assert list(await due.organizations(now=NOW + timedelta(days=60))) == [
        desk.actor.organization_id
    ]
