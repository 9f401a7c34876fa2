"""Itineraries, as the agent of a customer sees them who wants everything or nothing."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.http.desk import Desk, problem, seats

pytestmark = pytest.mark.anyio


async def quotes(desk: Desk, *, seats_left: int = 2) -> tuple[str, str]:
    """Of a room for a night and of a seat."""
    rooms = await desk.rooms(capacity=1)
    course = await desk.session(capacity=seats_left)
    seat = await desk.post("/v1/quotes", seats(course))
    return await desk.quote(rooms), str(seat.json()["id"])


async def step(desk: Desk, shown: httpx.Response, name: str, json: Any = None) -> httpx.Response:
    path = f"/v1/itineraries/{shown.json()['id']}/{name}"
    return await desk.post(path, json, headers={"If-Match": shown.headers["ETag"]})


def states(shown: httpx.Response) -> list[str]:
    return [booking["state"] for booking in shown.json()["bookings"]]


async def test_a_room_and_a_seat_from_hold_to_confirmation(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await quotes(desk)
    held = await desk.post("/v1/itineraries", {"quote_ids": [room, seat]})
    desk.clock.passes(timedelta(minutes=10))
    extended = await step(desk, held, "extend")
    confirmed = await step(desk, extended, "confirm")
    shown = await desk.get(held.headers["Location"])

    assert (held.status_code, confirmed.status_code) == (201, 200)
    assert states(held) == ["held", "held"]
    assert [b["expires_at"] for b in extended.json()["bookings"]] == ["2027-03-01T12:25:00Z"] * 2
    assert states(confirmed) == ["confirmed", "confirmed"]
    assert confirmed.json()["pending"] == []
    assert shown.json() == confirmed.json()
    assert {b["itinerary_id"] for b in shown.json()["bookings"]} == {held.json()["id"]}


async def test_one_part_sold_out_refuses_all(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await quotes(desk, seats_left=0)
    refused = await desk.post("/v1/itineraries", {"quote_ids": [room, seat]})

    assert problem(refused) == (409, "sold_out")
    assert (await desk.get("/v1/bookings")).json()["items"] == []


async def test_no_part_is_decided_upon_alone_while_it_is_held(desk: Desk) -> None:
    room, seat = await quotes(desk)
    held = await desk.post("/v1/itineraries", {"quote_ids": [room, seat]})
    part = await desk.get(f"/v1/bookings/{held.json()['pending'][0]}")

    for name in ("confirm", "release", "extend"):
        assert problem(await desk.step(part, name)) == (409, "held_together")


async def test_once_confirmed_each_goes_its_own_way(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await quotes(desk)
    held = await desk.post("/v1/itineraries", {"quote_ids": [room, seat]})
    confirmed = await step(desk, held, "confirm")
    part = await desk.get(f"/v1/bookings/{confirmed.json()['bookings'][0]['id']}")
    await desk.step(part, "cancel")
    shown = await desk.get(held.headers["Location"])

    assert states(shown) == ["cancelled", "confirmed"]
    assert problem(await step(desk, confirmed, "confirm")) == (409, "nothing_held")


async def test_something_is_added_and_confirmed_with_the_rest(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await quotes(desk)
    held = await desk.post("/v1/itineraries", {"quote_ids": [room]})
    grown = await step(desk, held, "bookings", {"quote_id": seat})
    outdated = await step(desk, held, "confirm")
    confirmed = await step(desk, grown, "confirm")

    assert states(grown) == ["held", "held"]
    assert problem(outdated) == (412, "version_changed")
    assert states(confirmed) == ["confirmed", "confirmed"]


async def test_what_is_let_go_of_is_free_again(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await quotes(desk)
    held = await desk.post("/v1/itineraries", {"quote_ids": [room, seat]})
    released = await step(desk, held, "release")
    again = await desk.post("/v1/itineraries", {"quote_ids": [seat, room]})

    assert states(released) == ["released", "released"]
    assert again.status_code == 201
    assert (await desk.get(held.headers["Location"])).json()["bookings"] == []


async def test_the_same_key_holds_once(any_desk: Desk) -> None:
    desk = any_desk
    room, seat = await quotes(desk)
    first, second = [
        await desk.post("/v1/itineraries", {"quote_ids": [room, seat]}, key="once") for _ in "12"
    ]

    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"


async def test_holding_many_costs_no_more_statements_than_holding_few(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=50)
    costs = []
    for number in (2, 6):
        quote_ids = [await desk.quote(rooms, night=10 + n) for n in range(number)]
        with desk.statements() as seen:
            held = await desk.post("/v1/itineraries", {"quote_ids": quote_ids})
            await desk.get(held.headers["Location"])
        costs.append(len(seen))

    assert costs[0] == costs[1]


async def test_others_do_not_see_it(desk: Desk) -> None:
    room, seat = await quotes(desk)
    held = await desk.post("/v1/itineraries", {"quote_ids": [room, seat]})
    stranger = await Desk.opened(desk.container, desk.clock, slug="stranger")

    assert problem(await stranger.get(held.headers["Location"])) == (404, "itinerary_not_found")
