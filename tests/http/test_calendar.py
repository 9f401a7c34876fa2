"""The calendar: what takes place, when the clock of whose place says so, and how full it is."""

from typing import Any
from uuid import UUID

import pytest

from application.bookings.cancel_resource import CancelResource
from domain.kernel.identifiers import ResourceId
from tests.http.desk import Desk, problem, seats

pytestmark = pytest.mark.anyio


async def names(desk: Desk, query: str) -> list[str]:
    shown = await desk.get(f"/v1/calendar?zone=Europe/London&{query}")
    assert shown.status_code == 200, shown.text
    return [entry["resource_id"] for entry in shown.json()["items"]]


async def clone(desk: Desk, session: str, day: str, state: str = "published") -> str:
    cloned = await desk.post(f"/v1/resources/{session}/clone", {"day": day, "state": state})
    assert cloned.status_code == 201, cloned.text
    return str(cloned.json()["id"])


async def test_month_week_and_day_show_what_begins_in_them(any_desk: Desk) -> None:
    desk = any_desk
    saturday = await desk.session()  # on 20 March 2027
    monday = await clone(desk, saturday, "2027-03-22")
    april = await clone(desk, saturday, "2027-04-01", "draft")

    assert await names(desk, "date=2027-03-01&view=month") == [saturday, monday]
    assert await names(desk, "date=2027-03-25&view=week") == [monday]
    assert await names(desk, "date=2027-03-20&view=day") == [saturday]
    assert await names(desk, "date=2027-04-30") == [april]
    assert await names(desk, "date=2027-03-01&kind=hotel") == []


async def test_a_day_is_that_of_the_zone_asked_for(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session()  # from 9:30 to 16:30 in London
    tokyo = await desk.get("/v1/calendar?zone=Pacific/Auckland&view=day&date=2027-03-20")
    kiribati = await desk.get("/v1/calendar?zone=Pacific/Kiritimati&view=day&date=2027-03-20")

    assert [entry["resource_id"] for entry in tokyo.json()["items"]] == [session]
    assert [entry["resource_id"] for entry in kiribati.json()["items"]] == [session]
    assert (tokyo.json()["starts_at"], kiribati.json()["starts_at"]) == (
        "2027-03-19T11:00:00Z",
        "2027-03-19T10:00:00Z",
    )


async def test_the_fill_goes_by_percent_and_the_rest_by_the_clock(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session(capacity=10)
    fills = []
    entry: dict[str, Any] = {}
    for number, people in enumerate((4, 1, 3, 2)):
        quoted = await desk.post(
            "/v1/quotes", seats(session, *(f"Ana {number} {n}" for n in range(people)))
        )
        await desk.post("/v1/holds", {"quote_id": quoted.json()["id"]})
        shown = await desk.get("/v1/calendar?zone=UTC&date=2027-03-20")
        (entry,) = shown.json()["items"]
        fills.append((entry["taken"], entry["fill"]))

    assert fills == [(4, "available"), (5, "filling"), (8, "nearly_full"), (10, "full")]
    assert entry["under_way"] is False
    assert entry["starts_at"] == "2027-03-20T09:30:00Z"


async def test_a_cancelled_session_stays_cancelled_on_the_calendar(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session()
    command = CancelResource(
        actor=desk.actor, resource_id=ResourceId(UUID(session)), reason="snow", version=None
    )
    await desk.container.bookings.cancel_resource()(command)
    shown = await desk.get("/v1/calendar?zone=UTC&date=2027-03-20")

    assert [entry["state"] for entry in shown.json()["items"]] == ["cancelled"]


async def test_the_calendar_is_one_question_however_much_there_is(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session()
    costs = []
    for days in (range(1, 3), range(3, 9)):
        for day in days:
            await clone(desk, session, f"2027-03-{day:02}")
        with desk.statements() as seen:
            await desk.get("/v1/calendar?zone=UTC&date=2027-03-20")
        costs.append(len(seen))

    assert costs[0] == costs[1] == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_ends_of_time_are_refused(desk: Desk, day: str) -> None:
    session = await desk.session()
    for view in ("month", "week", "day"):
        refused = await desk.get(f"/v1/calendar?zone=Pacific/Auckland&view={view}&date={day}")
        assert problem(refused) == (422, "bad_dates")
    refused = await desk.post(f"/v1/resources/{session}/clone", {"day": day})
    assert problem(refused) == (422, "bad_dates")


async def test_a_clone_is_on_the_wall_at_the_same_time_in_summer(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session(capacity=7)  # from 9:30, in winter
    july = await clone(desk, session, "2027-07-03")
    shown = (await desk.get(f"/v1/resources/{july}")).json()
    free = await desk.get(f"/v1/resources/{july}/availability?from=2027-07-03&until=2027-07-04")
    quoted = await desk.post("/v1/quotes", seats(july))

    assert shown["offering"]["starts_at"] == "2027-07-03T08:30:00Z"
    assert [day["free"] for day in free.json()["days"]] == [7]
    assert quoted.json()["agreement"]["price"]["total"] == {"minor": 9900, "currency": "EUR"}


async def test_rooms_are_cloned_without_a_day_and_without_nights(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms()
    copied = await desk.post(f"/v1/resources/{rooms}/clone", {"name": "Attic"})
    free = await desk.get(
        f"/v1/resources/{copied.json()['id']}/availability?from=2027-03-10&until=2027-03-11"
    )

    assert (copied.json()["name"], copied.json()["state"]) == ("Attic", "draft")
    assert free.json()["days"] == []
    for resource, body in ((rooms, {"day": "2027-04-01"}), (await desk.session(), {})):
        refused = await desk.post(f"/v1/resources/{resource}/clone", body)
        assert problem(refused) == (422, "day_needed")
