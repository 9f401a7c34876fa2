"""Boarding numbers and the list of who flies, over HTTP."""

from datetime import datetime, timezone

import pytest

from tests.http.desk import Desk, problem
from tests.http.sales import confirmed
from tests.http.test_flights import flight, fly, segment

pytestmark = pytest.mark.anyio

DEPARTURE_DAY = datetime(2027, 3, 20, 8, tzinfo=timezone.utc)


async def test_whoever_checks_in_has_a_boarding_number(any_desk: Desk) -> None:
    desk = any_desk
    resource_id = await fly(desk, flight())
    early = await confirmed(
        desk, segment(resource_id, {"name": "Ana Sousa", "seat": "10A"}, {"name": "Rui Sousa"})
    )
    late = await confirmed(desk, segment(resource_id, {"name": "Eva Reis"}, fare_class="business"))
    gone = await confirmed(desk, segment(resource_id, {"name": "Tom Paz"}))
    await desk.step(gone, "cancel")
    desk.clock.now = DEPARTURE_DAY
    checked_in = await desk.step(late, "check-in")

    listed = await desk.get(f"/v1/flights/{resource_id}/passengers")

    assert checked_in.json()["agreement"]["request"]["passengers"][0]["boarding_number"] == 1
    passengers = listed.json()["passengers"]
    assert {
        (one["passenger"]["name"], one["passenger"]["boarding_number"], one["state"])
        for one in passengers
    } == {
        ("Ana Sousa", None, "confirmed"),
        ("Rui Sousa", None, "confirmed"),
        ("Eva Reis", 1, "in_progress"),
    }
    assert {one["reference"] for one in passengers} == {
        early.json()["reference"],
        late.json()["reference"],
    }
    found = {finding.check for finding in await desk.container.verification()()}
    assert "boarding_numbers_are_their_own" not in found


async def test_only_flights_have_passengers(desk: Desk) -> None:
    rooms = await desk.rooms()
    empty = await fly(desk, flight())
    nowhere = "/v1/flights/01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10/passengers"

    assert problem(await desk.get(f"/v1/flights/{rooms}/passengers")) == (409, "not_a_flight")
    assert problem(await desk.get(nowhere)) == (404, "resource_not_found")
    assert (await desk.get(f"/v1/flights/{empty}/passengers")).json() == {"passengers": []}
