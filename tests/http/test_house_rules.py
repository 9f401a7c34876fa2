"""What an organization decides for all that it sells, and what follows from it at once."""

from typing import Any

import httpx
import pytest

from tests.http.desk import Desk, problem, seats, stay
from tests.http.test_booking_changes import confirmed, quoted
from tests.http.test_imports import bring, lines, past, run
from tests.http.test_prices import resold
from tests.http.test_settings import change
from tests.http.test_waiting import join

pytestmark = pytest.mark.anyio


async def state_of(desk: Desk, entry: httpx.Response) -> dict[str, Any]:
    return dict((await desk.get(entry.headers["Location"])).json()["entry"])


async def test_offers_last_and_are_called_as_the_organization_says(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    held = await desk.hold(rooms)
    joined = await join(desk, rooms, "Rui")
    await change(desk, "waiting.offer_hours", 2)
    await change(desk, "references.prefix", "SEA")
    await desk.step(held, "release")

    offer = (await state_of(desk, joined))["offer"]
    booking = (await desk.get(f"/v1/bookings/{offer['booking_id']}")).json()
    assert booking["expires_at"] == "2027-03-01T14:00:00Z"
    assert booking["reference"].startswith("SEA")


@pytest.mark.parametrize(("passes", "state"), [(1, "offered"), (0, "waiting")])
async def test_large_parties_are_passed_as_often_as_the_organization_says(
    desk: Desk, passes: int, state: str
) -> None:
    rooms = await desk.rooms(capacity=2)
    held, _ = await desk.hold(rooms), await desk.hold(rooms)
    large = await join(desk, rooms, "Rui", rooms=2)
    small = await join(desk, rooms, "Eva")
    await change(desk, "waiting.passes", passes)
    await change(desk, "waiting.saved_hours", 5)
    await desk.step(held, "release")

    assert (await state_of(desk, large))["state"] == "waiting"
    assert (await state_of(desk, small))["state"] == state


async def test_groups_have_the_discount_of_the_house_unless_it_is_a_product_with_its_own(
    any_desk: Desk,
) -> None:
    desk = any_desk
    rooms, others = await desk.rooms(), await desk.rooms(name="Other room")
    await resold(desk, others, adjustments={"group_discounts": [{"party": 2, "percent": 5}]})
    before = await price(desk, rooms)
    await change(desk, "discounts.groups", [{"party": 2, "percent": 10}])

    assert (before, await price(desk, rooms), await price(desk, others)) == (19800, 17820, 18810)


async def price(desk: Desk, rooms: str) -> int:
    made = await desk.post("/v1/quotes", stay(rooms, rooms=2))
    return int(made.json()["agreement"]["price"]["total"]["minor"])


async def test_booking_closes_as_early_as_the_organization_says(any_desk: Desk) -> None:
    desk = any_desk
    session, rooms = await desk.session(), await desk.rooms()
    booking = await confirmed(desk, rooms, night=20)
    await change(desk, "bookings.close_hours_before", 24)
    in_time = await desk.post("/v1/quotes", seats(session))
    await change(desk, "bookings.close_hours_before", 480)

    assert in_time.status_code == 201
    assert problem(await desk.post("/v1/quotes", seats(session))) == (409, "booking_closed")
    assert problem(await join(desk, rooms, "Rui", night=20)) == (409, "booking_closed")
    longer = await quoted(desk, booking, stay(rooms, night=20, nights=2))
    sooner = await quoted(desk, booking, stay(rooms, night=19))
    assert longer.status_code == 201
    assert problem(sooner) == (409, "booking_closed")


@pytest.mark.parametrize("rule", [("few_units", 9), ("few_percent", 90)])
async def test_few_is_what_the_organization_says(desk: Desk, rule: tuple[str, int]) -> None:
    rooms = await desk.rooms(capacity=10)
    await desk.hold(rooms)
    night = {"from": "2027-03-10", "until": "2027-03-11"}

    async def fill() -> str:
        path = f"/v1/resources/{rooms}/availability"
        return str((await desk.get(path, params=night)).json()["days"][0]["fill"])

    before = await fill()
    await change(desk, f"availability.{rule[0]}", rule[1])
    assert (before, await fill()) == ("available", "almost_full")


async def test_bookings_of_the_past_are_called_as_the_organization_says(desk: Desk) -> None:
    rooms = await desk.rooms()
    await change(desk, "references.prefix", "SEA")
    await run(desk, await bring(desk, "past_bookings", lines(past(rooms)), "jsonl"))

    listed = (await desk.get("/v1/bookings")).json()["items"]
    assert [item["reference"][:3] for item in listed] == ["SEA"]
