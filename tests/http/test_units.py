"""Single cars and rooms: in use, out of use, and which of them a booking gets."""

from typing import Any

import pytest

from tests.http.desk import Desk, problem
from tests.http.test_cars import hold, on_sale, rental

pytestmark = pytest.mark.anyio

OPENING = {"from": "2027-03-01", "until": "2027-04-01", "capacity": 3}


async def add(desk: Desk, resource_id: str, label: str) -> str:
    added = await desk.post(f"/v1/resources/{resource_id}/units", {"label": label})
    assert added.status_code == 201, added.text
    return str(added.json()["id"])


async def confirmed(desk: Desk, held: Any) -> Any:
    answer = await desk.step(held, "confirm")
    assert answer.status_code == 200, answer.text
    return answer


async def units_of(desk: Desk, booking: Any) -> list[str]:
    shown = await desk.get(f"/v1/bookings/{booking.json()['id']}/units")
    return [item["unit_id"] for item in shown.json()["items"]]


async def test_units_are_added_listed_and_taken_out_of_use(any_desk: Desk) -> None:
    cars, rooms = await on_sale(any_desk), await any_desk.rooms()
    second, first = await add(any_desk, cars, "B"), await add(any_desk, cars, "A")
    await add(any_desk, rooms, "101")

    page = await any_desk.get(f"/v1/resources/{cars}/units", params={"limit": 1})
    rest = await any_desk.get(page.links["next"]["url"])
    shown = await any_desk.get(f"/v1/units/{first}")
    headers = {"If-Match": shown.headers["ETag"]}
    retired = await any_desk.post(f"/v1/units/{first}/retire", headers=headers)
    again = await any_desk.post(f"/v1/units/{first}/retire", headers={"If-Match": "*"})

    assert [item["id"] for item in page.json()["items"]] == [first]
    assert [item["id"] for item in rest.json()["items"]] == [second]
    assert shown.json() == {
        "id": first,
        "version": 1,
        "resource_id": cars,
        "label": "A",
        "retired": False,
    }
    assert (retired.json()["retired"], retired.headers["ETag"]) == (True, '"2"')
    assert problem(again) == (409, "unit_retired")
    nowhere = await any_desk.post(f"/v1/resources/{first}/units", {"label": "C"})
    assert problem(nowhere) == (404, "resource_not_found")
    assert problem(await any_desk.get(f"/v1/units/{cars}")) == (404, "unit_not_found")


async def test_by_the_hour_a_car_is_somebodys_until_it_is_ready_again(any_desk: Desk) -> None:
    cars = await on_sale(any_desk, sold_by="hours")
    car = await add(any_desk, cars, "A")

    held = await hold(any_desk, rental(cars, "10:00", "12:00"))
    too_early = await hold(any_desk, rental(cars, "12:59", "14:00"))
    after = await hold(any_desk, rental(cars, "13:00", "14:00"))
    await any_desk.step(held, "release")
    instead = await hold(any_desk, rental(cars, "11:00", "12:00"))

    assert await units_of(any_desk, after) == await units_of(any_desk, instead) == [car]
    assert problem(too_early) == (409, "no_unit_free")
    assert await units_of(any_desk, held) == []


async def test_by_the_day_the_car_is_chosen_late(any_desk: Desk) -> None:
    cars = await on_sale(any_desk)
    await any_desk.post(f"/v1/resources/{cars}/openings", OPENING)
    one, other = await add(any_desk, cars, "A"), await add(any_desk, cars, "B")
    early = await hold(any_desk, rental(cars))
    unconfirmed = await any_desk.step(early, "units", json={})
    first, second, third = [
        await confirmed(any_desk, held)
        for held in (early, await hold(any_desk, rental(cars)), await hold(any_desk, rental(cars)))
    ]

    assert problem(unconfirmed) == (409, "not_confirmed")
    chosen = await any_desk.step(first, "units", json={"unit_ids": [one]})
    taken = await any_desk.step(second, "units", json={"unit_ids": [one]})
    any_free = await any_desk.step(second, "units", json={})
    none_left = await any_desk.step(third, "units", json={})
    assert (chosen.status_code, any_free.status_code) == (200, 200)
    assert problem(taken) == (409, "unit_taken")
    assert problem(none_left) == (409, "no_unit_free")
    assert await units_of(any_desk, first) == [one]
    assert await units_of(any_desk, second) == [other]

    released = await any_desk.step(chosen, "units/release")
    moved = await any_desk.step(any_free, "units", json={"unit_ids": [one]})
    assert (released.status_code, moved.status_code) == (200, 200)
    assert await units_of(any_desk, first) == []
    assert await units_of(any_desk, second) == [one]

    cancelled = await any_desk.step(moved, "cancel")
    assert cancelled.status_code == 200
    assert await units_of(any_desk, second) == []
    assert (await any_desk.step(third, "units", json={"unit_ids": [one]})).status_code == 200


async def test_rooms_are_given_as_many_as_were_booked(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=3)
    numbers = [await add(any_desk, rooms, f"10{number}") for number in range(3)]
    stranger = await add(any_desk, await any_desk.rooms(name="Suite"), "201")
    booking = await confirmed(any_desk, await any_desk.hold(rooms, rooms=2))

    for wrong in (numbers[:1], numbers, [numbers[0]] * 2):
        refused = await any_desk.step(booking, "units", json={"unit_ids": wrong})
        assert problem(refused) == (422, "wrong_number_of_units")
    refused = await any_desk.step(booking, "units", json={"unit_ids": [numbers[0], stranger]})
    assert problem(refused) == (422, "unit_of_another")
    given = await any_desk.step(booking, "units", json={"unit_ids": numbers[:2]})

    assert given.status_code == 200
    assert await units_of(any_desk, booking) == numbers[:2]


async def test_what_was_sold_singly_is_moved_but_not_taken_back(any_desk: Desk) -> None:
    cars = await on_sale(any_desk, sold_by="hours")
    units = {await add(any_desk, cars, label) for label in "AB"}
    booking = await confirmed(any_desk, await hold(any_desk, rental(cars)))
    (had,) = await units_of(any_desk, booking)
    (other,) = units - {had}

    assert problem(await any_desk.step(booking, "units/release")) == (409, "units_are_sold")
    moved = await any_desk.step(booking, "units", json={"unit_ids": [other]})

    assert moved.status_code == 200
    assert await units_of(any_desk, booking) == [other]
    found = await any_desk.container.verification()()
    assert list(found) == []
