"""Flights, from the schedule to the seat, over HTTP."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.http.desk import CONTACT, Desk, problem
from tests.http.sales import confirmed, held, on_sale

pytestmark = pytest.mark.anyio

CABINS = [
    {"fare_class": "business", "seats": [{"first_row": 1, "last_row": 1, "letters": "AC"}]},
    {"fare_class": "economy", "seats": [{"first_row": 10, "last_row": 12, "letters": "ABC"}]},
]

NOTHING = {"person": None, "boarding_number": None}


def flight(number: str = "1351", *, day: int = 20, hour: int = 9, **changes: Any) -> Any:
    """Of March."""
    return {
        "name": f"TP{number}",
        "zone": "Europe/Lisbon",
        "offering": {
            "kind": "flight",
            "carrier": "TP",
            "number": number,
            "origin": "LIS",
            "destination": "LHR",
            "departs_at": f"2027-03-{day:02}T{hour:02}:30:00Z",
            "arrives_at": f"2027-03-{day:02}T{hour + 2:02}:30:00Z",
            "cabins": CABINS,
            **changes,
        },
    }


async def fly(desk: Desk, flight: Any, *, economy: int = 4, business: int = 2) -> str:
    return await on_sale(
        desk,
        flight,
        {"part": "economy", "capacity": economy},
        {"part": "business", "capacity": business},
    )


def segment(resource_id: str, *passengers: Any, fare_class: str = "economy") -> Any:
    return {
        "kind": "flight",
        "resource_id": resource_id,
        "contact": CONTACT,
        "fare_class": fare_class,
        "passengers": list(passengers) or [{"name": "Ana Sousa"}],
    }


async def test_from_a_question_to_a_seat(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight())
    family = [{"name": "Ana Sousa", "seat": "10A"}, {"name": "Rui Sousa", "type": "child"}]

    booked = await confirmed(desk, segment(resource_id, *family))
    same_seat = await held(desk, segment(resource_id, {"name": "Eva Luz", "seat": "10A"}))
    too_many = await held(desk, segment(resource_id, *({"name": f"Guest {n}"} for n in range(3))))
    business = await held(desk, segment(resource_id, fare_class="business"))

    assert booked.json()["state"] == "confirmed"
    assert booked.json()["agreement"]["request"]["passengers"] == [
        {"name": "Ana Sousa", "type": "adult", "seat": "10A", **NOTHING},
        {"name": "Rui Sousa", "type": "child", "seat": None, **NOTHING},
    ]
    assert booked.json()["agreement"]["price"]["lines"][0]["label"] == "economy"
    assert problem(same_seat) == (409, "already_taken")
    assert (same_seat.json()["what"], same_seat.json()["names"]) == ("seat", ["10A"])
    assert problem(too_many) == (409, "sold_out")
    assert too_many.json()["shortages"][0]["pool_id"] == f"{resource_id}:economy"
    assert business.status_code == 201


async def test_a_seat_is_free_again_when_its_booking_is_cancelled(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight(), economy=1)
    request = segment(resource_id, {"name": "Ana Sousa", "seat": "10A", "person": "P1"})

    first = await confirmed(desk, request)
    await desk.step(first, "cancel")
    second = await confirmed(desk, request)

    assert second.json()["state"] == "confirmed"


async def test_a_person_has_one_seat_of_a_flight(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight())
    request = segment(resource_id, {"name": "Ana Sousa", "person": "P1"})

    await confirmed(desk, request)
    again = await held(desk, request)

    assert problem(again) == (409, "already_taken")
    assert again.json()["what"] == "passenger"


async def test_groups_are_not_booked_online(desk: Desk) -> None:
    resource_id = await fly(desk, flight(), economy=20)
    group = [{"name": f"Guest {number}"} for number in range(10)]

    refused = await desk.post("/v1/quotes", segment(resource_id, *group))

    assert problem(refused) == (422, "group_booking")
    assert "call the desk" in refused.json()["detail"]
    assert refused.json()["errors"][0]["pointer"] == "#/passengers"


async def test_a_flight_is_shown_as_it_was_added(desk: Desk) -> None:
    added = await desk.post("/v1/resources", flight())

    assert added.json()["offering"] == {
        **flight()["offering"],
        "closes_before_minutes": 45,
        "progress": {
            "status": "scheduled",
            "estimated_departure": None,
            "estimated_arrival": None,
            "actual_departure": None,
            "actual_arrival": None,
        },
    }


async def test_the_seats_of_a_flight_are_opened_by_fare_class(desk: Desk) -> None:
    resource_id = await fly(desk, flight())
    opened = await desk.post(f"/v1/resources/{resource_id}/openings", {"capacity": 3})

    assert problem(opened) == (422, "fare_class_needed")


async def test_everybody_hears_how_a_flight_comes_along(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight())
    late = {"status": "delayed", "estimated_departure": "2027-03-20T11:15:00+01:00"}

    async def say(status: Any, version: int) -> Any:
        headers = {"If-Match": f'"{version}"'}
        path = f"/v1/flights/{resource_id}/status"
        return await desk.send("PUT", path, json=status, headers=headers)

    delayed, again = await say(late, 1), await say(late, 2)
    stale = await say({"status": "boarding"}, 1)
    early = await say({"status": "arrived", "actual_arrival": "2027-03-20T12:00:00Z"}, 2)
    departed = await say({"status": "departed", "actual_departure": "2027-03-20T10:21:00Z"}, 2)
    back = await say(late, 3)
    await desk.relay()
    told = (await desk.get("/v1/events")).json()["items"]

    progress = delayed.json()["offering"]["progress"]
    assert (progress["status"], progress["estimated_departure"]) == (
        "delayed",
        "2027-03-20T10:15:00Z",
    )
    assert delayed.json()["offering"]["departs_at"] == "2027-03-20T09:30:00Z"
    assert (delayed.headers["ETag"], again.headers["ETag"]) == ('"2"', '"2"')
    assert problem(stale) == (412, "version_changed")
    assert problem(early) == (422, "arrival_without_departure")
    assert departed.headers["ETag"] == '"3"'
    assert problem(back) == (409, "flight_cannot_become")
    assert [one["name"] for one in told if one["name"].startswith("flight")] == [
        "flight_delayed",
        "flight_departed",
    ]


async def test_a_room_does_not_take_off(desk: Desk) -> None:
    rooms = await desk.rooms()
    refused = await desk.send(
        "PUT",
        f"/v1/flights/{rooms}/status",
        json={"status": "boarding"},
        headers={"If-Match": "*"},
    )

    assert problem(refused) == (409, "not_a_flight")


async def test_seats_are_chosen_later(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight())
    pair = [{"name": "Ana Sousa", "seat": "10A"}, {"name": "Rui Sousa", "seat": "10B"}]
    booked = await confirmed(desk, segment(resource_id, *pair))
    other = await confirmed(desk, segment(resource_id, {"name": "Eva Luz", "seat": "11A"}))

    async def choose(booking: Any, *seats: str | None) -> Any:
        return await desk.step(booking, "seats", json={"seats": seats})

    taken = await choose(booked, "10C", "11A")
    swapped = await choose(booked, "10B", "10A")
    moved = await choose(swapped, "12A", None)
    freed = await choose(other, "10A")

    assert problem(taken) == (409, "already_taken")
    assert [[one["seat"] for one in seats_of(answer)] for answer in (swapped, moved, freed)] == [
        ["10B", "10A"],
        ["12A", None],
        ["10A"],
    ]
    assert moved.json()["agreement"]["price"] == booked.json()["agreement"]["price"]
    assert problem(await choose(moved, "12A")) == (422, "seat_for_each")
    assert problem(await choose(moved, "1A", None)) == (422, "no_such_seat")
    assert problem(await choose(moved, "11A", "11A")) == (422, "seat_chosen_twice")
    desk.clock.passes(timedelta(days=20))
    assert problem(await choose(moved, "12B", None)) == (409, "already_started")


async def test_rooms_have_no_seats(desk: Desk) -> None:
    stay = await desk.hold(await desk.rooms())

    assert problem(await desk.step(stay, "seats", json={"seats": ["1A"]})) == (409, "not_a_flight")


async def test_another_flight_is_flown_in_the_same_seats(any_desk: Desk) -> None:
    desk = any_desk
    morning = await fly(desk, flight("1351"))
    evening = await fly(desk, flight("1355", hour=18))
    pair = [{"name": "Ana Sousa", "seat": "10A"}, {"name": "Rui Sousa", "seat": "10B"}]
    booked = await confirmed(desk, segment(morning, *pair))
    await confirmed(desk, segment(evening, {"name": "Eva Luz", "seat": "10B"}))
    names = [{"name": one["name"]} for one in pair]

    changed = await change(desk, booked, segment(evening, *names))
    renamed = await change(desk, booked, segment(evening, names[0], {"name": "Leo Luz"}))

    assert changed.json()["agreement"]["resource_id"] == evening
    assert [one["seat"] for one in seats_of(changed)] == ["10A", None]
    assert problem(renamed) == (409, "passengers_fixed")
    again = await confirmed(desk, segment(morning, {"name": "Leo Luz", "seat": "10A"}))
    assert again.status_code == 200


async def test_a_flight_is_not_changed_shortly_before_it_departs(desk: Desk) -> None:
    morning, evening = await fly(desk, flight("1351")), await fly(desk, flight("1355", hour=18))
    booked = await confirmed(desk, segment(morning))
    desk.clock.now = datetime(2027, 3, 20, 6, 30, tzinfo=timezone.utc)

    assert problem(await change(desk, booked, segment(evening))) == (409, "change_closed")


async def test_a_flight_that_is_cancelled_says_so(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight())
    path, headers = f"/v1/resources/{resource_id}", {"If-Match": '"1"'}

    cancelled = await desk.post(f"{path}/cancel", {"reason": "strike"}, headers=headers)
    shown = (await desk.get(path)).json()

    assert cancelled.json()["offering"]["progress"]["status"] == "cancelled"
    assert (shown["state"], shown["offering"]["progress"]["status"]) == ("cancelled", "cancelled")


def seats_of(booking: Any) -> Any:
    return booking.json()["agreement"]["request"]["passengers"]


async def change(desk: Desk, booking: Any, request: Any) -> Any:
    """Quoted and, unless that is refused, done."""
    address = f"/v1/bookings/{booking.json()['id']}"
    quoted = await desk.post(f"{address}/change-quotes", request)
    if quoted.status_code != 201:
        return quoted
    return await desk.step(booking, "change", json={"quote_id": quoted.json()["id"]})
