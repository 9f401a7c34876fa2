"""What to offer instead of what is sold out."""

from datetime import timedelta

import pytest

from tests.contract.test_statement_budgets import counting
from tests.http.desk import NIGHTS, NOW, ROOMS, SESSION, Desk, problem, seats
from tests.http.sales import confirmed, on_sale
from tests.http.test_flights import flight, fly, segment

pytestmark = pytest.mark.anyio


async def suggested(
    desk: Desk, resource: str, first: str, until: str, more: str = ""
) -> list[str]:
    path = f"/v1/resources/{resource}/suggestions?from={first}&until={until}{more}"
    found = (await desk.get(path)).json()["suggestions"]
    return [f"{one['from']} {one['resource_id']}" for one in found]


async def test_other_nights_in_a_row_nearest_first(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms()
    nights = await desk.get(f"/v1/resources/{rooms}/availability?from=2027-03-01&until=2027-04-01")
    free = [day["day"] for day in nights.json()["days"] if day["free"] >= 1]
    first, second = free[3], free[5]
    with counting(desk.container.database()) as statements:
        found = await suggested(desk, rooms, first, second)

    assert found[:2] == [f"{free[2]} {rooms}", f"{free[4]} {rooms}"]
    assert 1 <= len(found) <= 10
    assert sum("FROM resources AS asked" in statement for statement in statements) == 1
    assert await suggested(desk, rooms, first, second, "&units=99999") == []


async def test_only_stays_that_are_allowed(desk: Desk) -> None:
    month = {"from": "2027-03-01", "until": "2027-04-01"}
    no_arrival = {"from": "2027-03-09", "until": "2027-03-10", "closed_to_arrival": True}
    rules = [{**month, "least_nights": 2}, no_arrival]
    offering = {**ROOMS["offering"], "restrictions": rules}
    rooms = await on_sale(desk, {**ROOMS, "offering": offering}, {**NIGHTS, "capacity": 2})

    assert await suggested(desk, rooms, "2027-03-08", "2027-03-09") == []
    found = await suggested(desk, rooms, "2027-03-08", "2027-03-10")
    assert [one[:10] for one in found[:3]] == ["2027-03-07", "2027-03-06", "2027-03-10"]


async def test_what_is_sold_out_says_where_to_look(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=2)
    held = await desk.quote(rooms, night=4, nights=1, rooms=2, guests=2)
    await desk.post("/v1/holds", {"quote_id": held})
    late = await desk.quote(rooms, night=3, nights=3, rooms=2, guests=2)
    refused = await desk.post("/v1/holds", {"quote_id": late})

    assert problem(refused) == (409, "sold_out")
    assert "sought" not in refused.json()
    (address,) = refused.json()["suggestions"]
    found = await desk.get(address)
    assert found.status_code == 200
    assert address.endswith("?from=2027-03-03&until=2027-03-06&units=2")
    assert all(one["free"] == 2 for one in found.json()["suggestions"])


async def test_a_fare_class_that_is_sold_out_is_looked_for(desk: Desk) -> None:
    full = await fly(desk, flight(), economy=1, business=0)
    refused = await desk.post("/v1/quotes", segment(full, {"name": "Ada"}, {"name": "Bo"}))
    if refused.status_code == 201:
        refused = await desk.post("/v1/holds", {"quote_id": refused.json()["id"]})

    (address,) = refused.json()["suggestions"]
    assert address.endswith("/suggestions?from=2027-03-20&until=2027-03-21&units=2&part=economy")


async def test_other_sessions_of_the_same_name_with_enough_left(any_desk: Desk) -> None:
    desk = any_desk
    start = SESSION["offering"]["starts_at"][:10]
    full = await on_sale(desk, SESSION, {"capacity": 1})
    await confirmed(desk, seats(full, "Ada Lovelace"))
    small = await on_sale(desk, SESSION, {"capacity": 1})
    large = await on_sale(desk, SESSION, {"capacity": 5})
    await on_sale(desk, {**SESSION, "name": "Something else"}, {"capacity": 9})
    until = (NOW.date().fromisoformat(start) + timedelta(days=1)).isoformat()

    assert set(await suggested(desk, full, start, until)) == {
        f"{start} {small}",
        f"{start} {large}",
    }
    assert await suggested(desk, full, start, until, "&units=2") == [f"{start} {large}"]


async def test_other_flights_between_the_same_airports(any_desk: Desk) -> None:
    desk = any_desk
    asked = await fly(desk, flight(), economy=0)
    later = await fly(desk, flight("1353", day=22), economy=3, business=0)
    await fly(desk, flight("9", day=21, destination="ORY"), economy=3)
    day = "from=2027-03-20&until=2027-03-21"

    assert await suggested(desk, asked, "2027-03-20", "2027-03-21", "&part=economy") == [
        f"2027-03-22 {later}"
    ]
    assert await suggested(desk, asked, "2027-03-20", "2027-03-21", "&part=business") == []
    desk.clock.now = NOW.replace(year=2027, month=3, day=23)
    assert await suggested(desk, asked, "2027-03-20", "2027-03-21") == []
    nowhere = f"/v1/resources/01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10/suggestions?{day}"
    assert problem(await desk.get(nowhere)) == (404, "resource_not_found")
