"""Whatever is read costs as many statements when there is much of it as when there is little."""

from collections.abc import Mapping

import pytest

from entrypoints.http.trainers import TRAINER
from entrypoints.http.venues import VENUE
from tests.http.desk import CONTACT, NIGHTS, ROOMS, SESSION, Desk, seats, stay
from tests.http.sales import confirmed, on_sale
from tests.http.test_access import PLACES, PRIVATE, Request

pytestmark = pytest.mark.anyio

LISTS = [one for one in PRIVATE if one.method == "GET"]

# What has to have grown in between, lest nothing is measured.
GROWING = {
    "/v1/bookings",
    "/v1/calendar",
    "/v1/catalogue",
    "/v1/discount-codes",
    "/v1/imports",
    "/v1/imports/{import_id}/refusals",
    "/v1/resources",
    "/v1/resources/{resource_id}/attendance",
    "/v1/resources/{resource_id}/units",
    "/v1/resources/{resource_id}/waiting-list",
    "/v1/trainers",
    "/v1/venues",
}

# They put together what is asked of several tables, and say until when all is counted.
COMPARING = {
    "/v1/analytics/bookings/occupancy",
    "/v1/analytics/calls/conversion",
    "/v1/analytics/calls/escalations",
    "/v1/analytics/calls/groups",
    "/v1/analytics/documentation",
    "/v1/analytics/revenue/offerings",
    "/v1/analytics/revenue/overview",
    "/v1/organization/usage/metered",
}

# It tells at once what it takes several others to tell.
AT_ONCE = "/v1/analytics/today"


class Business:
    """A session and rooms that are sold out, with more of everything each time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.places: dict[str, str] = {}
        self.filled = 0

    async def open(self) -> None:
        rooms = await on_sale(self.desk, ROOMS, {**NIGHTS, "capacity": 1})
        await self.desk.hold(rooms)
        session = await self.desk.session(capacity=20)
        self.places = {**PLACES, "rooms": rooms, "session": session}

    async def fill(self) -> None:
        self.filled += 1
        number, desk = self.filled, self.desk
        person = {**CONTACT, "email": f"ana{number}@example.com"}
        session, rooms = self.places["session"], self.places["rooms"]
        booking = await confirmed(desk, seats(session, f"Ana {number}") | {"contact": person})
        assert booking.status_code == 200, booking.text
        await desk.post("/v1/waiting-list", stay(rooms, contact=person))
        await desk.post(f"/v1/resources/{rooms}/units", {"label": f"Room {number}"})
        await on_sale(desk, {**SESSION, "name": f"Course {number}"}, {"capacity": 9})
        await desk.post("/v1/discount-codes", {"code": f"CODE{number}", "percent": 10})
        await desk.post("/v1/venues", VENUE.examples["venue"])
        await desk.post("/v1/trainers", TRAINER.examples["trainer"])
        rows = "\n".join("nonsense" for _ in range(number))
        content = {"target": "offerings", "format": "jsonl", "content": rows}
        imported = await desk.post("/v1/imports", content)
        self.places |= {"booking_id": booking.json()["id"], "import_id": imported.json()["id"]}

    def address(self, request: Request) -> str:
        of_rooms = request.path.endswith(("/units", "/waiting-list"))
        resource = self.places["rooms" if of_rooms else "session"]
        return request.at(**self.places, resource_id=resource)

    async def read(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The statements that each list took, and how long it was."""
        spent, lengths = {}, {}
        for request in LISTS:
            options = {**request.options, "headers": {}}
            if request.path == "/v1/calendar":
                options["params"] = {"date": "2027-03-20", "zone": "Europe/London"}
            with self.desk.statements() as seen:
                shown = await self.desk.get(self.address(request), **options)
            spent[request.path] = len(seen)
            if shown.headers["Content-Type"] == "application/json":
                items = shown.json().get("items", shown.json().get("people", ()))
                lengths[request.path] = len(items)
        return spent, lengths


async def test_long_lists_cost_as_many_statements_as_short_ones(any_desk: Desk) -> None:
    business = Business(any_desk)
    await business.open()
    await business.fill()
    await business.read()  # A key that was looked up is remembered from then on.
    few, short = await business.read()
    for _ in range(3):
        await business.fill()
    many, long = await business.read()

    assert many == few
    assert {path for path, spent in few.items() if spent > 3} == {*COMPARING, AT_ONCE}
    assert few[AT_ONCE] <= 12
    assert max(spent for path, spent in few.items() if path != AT_ONCE) <= 5
    assert {path for path in long if long[path] > short.get(path, 0)} >= GROWING
