"""Looking for a flight."""

from typing import Any

import pytest

from tests.http.desk import Desk, problem
from tests.http.sales import confirmed
from tests.http.test_flights import flight, fly, segment

pytestmark = pytest.mark.anyio

PATH = "/v1/flights?origin=LIS&destination=LHR&departs_before=2027-03-22T00:00:00Z"
ALL = f"{PATH}&departs_from=2027-03-20T00:00:00Z"


async def numbers(desk: Desk, path: str) -> list[str]:
    found = await desk.get(path)
    assert found.status_code == 200, found.text
    return [item["resource"]["offering"]["number"] for item in found.json()["items"]]


async def test_flights_are_found_by_route_and_time_the_soonest_first(any_desk: Desk) -> None:
    desk = any_desk
    late = await fly(desk, flight("3", hour=18), economy=3, business=0)
    await fly(desk, flight("1", hour=7))
    await fly(desk, flight("2", day=21))
    await fly(desk, flight("4", day=22))
    await fly(desk, flight("5", origin="OPO"))
    await fly(desk, flight("6", destination="LGW"))
    await desk.rooms()
    await confirmed(desk, segment(late))

    found = await desk.get(ALL)

    assert await numbers(desk, ALL) == ["1", "3", "2"]
    assert found.json()["items"][1]["fare_classes"] == [
        {"fare_class": "economy", "free": 2},
        {"fare_class": "business", "free": 0},
    ]
    assert await numbers(desk, f"{PATH}&departs_from=2027-03-20T12:00:00Z") == ["3", "2"]
    assert await numbers(desk, f"{ALL}&passengers=3") == ["1", "2"]
    assert await numbers(desk, f"{ALL}&passengers=2&fare_class=economy") == ["1", "3", "2"]
    assert await numbers(desk, f"{ALL}&fare_class=business") == ["1", "2"]
    assert await numbers(desk, f"{ALL}&fare_class=comfort") == []


async def test_flights_come_in_pages_with_one_statement_each(any_desk: Desk) -> None:
    desk = any_desk
    for number in range(1, 4):
        await fly(desk, flight(str(number), hour=6 + number))
    first = await desk.get(f"{ALL}&limit=2")
    with desk.statements() as asked:
        second = await desk.get(f"{ALL}&limit=2&cursor={first.json()['next']}")

    shown: list[Any] = [*first.json()["items"], *second.json()["items"]]
    assert [item["resource"]["offering"]["number"] for item in shown] == ["1", "2", "3"]
    assert second.json()["next"] is None
    assert len([one for one in asked if "resource_facets" in one]) == 1


async def test_the_time_asked_for_ends_after_it_begins(desk: Desk) -> None:
    refused = await desk.get(f"{PATH}&departs_from=2027-03-23T00:00:00Z")

    assert problem(refused) == (422, "runs_backwards")
    assert refused.json()["errors"][0]["parameter"] == "departs_before"
