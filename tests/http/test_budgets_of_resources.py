"""What is done to units, sessions and itineraries costs the same for few and for many of them."""

from typing import Any
from uuid import UUID

import attrs
import httpx
import pytest

from application.bookings.cancel_bookings_of import CancelSomeBookings
from domain.kernel.identifiers import ResourceId
from tests.http.desk import CONTACT, SESSION, Desk, seats, stay
from tests.http.people import Staff
from tests.http.sales import confirmed, on_sale
from tests.http.test_discount_codes import SPRING
from tests.http.test_itineraries import step
from tests.http.test_staffing import TRAINER, VENUE, add, session, staff
from tests.http.test_units import add as add_unit

pytestmark = pytest.mark.anyio

# On SQLite and on PostgreSQL.
STATEMENTS = {
    "give chosen units": (8, 6),
    "give any units": (7, 5),
    "take units back": (5, 3),
    "clone a session": (10, 6),
    "staff a session": (11, 10),
    "staff it otherwise": (11, 10),
    "make a code": (4, 3),
    "change a code": (4, 3),
    "add to an itinerary": (10, 5),
    "release an itinerary": (13, 9),
}


@attrs.frozen(kw_only=True)
class Spending:
    desk: Desk
    much: int
    spent: dict[str, int] = attrs.field(factory=dict)

    async def on(self, route: str, asked: Any) -> httpx.Response:
        with self.desk.statements() as seen:
            answer: httpx.Response = await asked
        assert answer.status_code in (200, 201), answer.text
        self.spent[route] = len(seen)
        return answer

    async def units(self) -> None:
        """As many rooms as are booked, some of them first, then others."""
        desk, much = self.desk, self.much
        rooms = await desk.rooms(capacity=2 * much, name=f"{much} of a kind")
        ids = [await add_unit(desk, rooms, f"{number}") for number in range(2 * much)]
        booking = await confirmed(desk, stay(rooms, rooms=much, guests=much))
        body = {"unit_ids": ids[:much]}
        given = await self.on("give chosen units", desk.step(booking, "units", json=body))
        moved = await self.on("give any units", desk.step(given, "units", json={}))
        await self.on("take units back", desk.step(moved, "units/release"))

    async def sessions(self) -> None:
        """A copy of something with so many words, and so many who hold it."""
        desk, much = self.desk, self.much
        words = [f"word{number}" for number in range(min(much, 15))]
        like = await desk.post("/v1/resources", {**SESSION, "keywords": words})
        await desk.post(f"{like.headers['Location']}/openings", {"capacity": 5})
        copy = {"day": "2027-04-08", "state": "published"}
        await self.on("clone a session", desk.post(f"{like.headers['Location']}/clone", copy))
        trainers = [await add(desk, "trainer", TRAINER) for _ in range(min(much, 8))]
        venues = [await add(desk, "venue", VENUE) for _ in range(min(much, 3))]
        held = await session(desk)
        asked = staff(desk, held, venue_ids=venues, trainer_ids=trainers)
        await self.on("staff a session", asked)
        without = staff(desk, held, venue_ids=venues[:1])
        await self.on("staff it otherwise", without)

    async def codes(self) -> None:
        """Good for so many resources."""
        desk, much = self.desk, self.much
        ids = [await desk.rooms(name=f"{much}, {number}") for number in range(much)]
        terms = {**SPRING, "code": f"CODE{much}", "resource_ids": ids}
        code = await self.on("make a code", desk.post("/v1/discount-codes", terms))
        changed = desk.send(
            "PUT",
            f"/v1/discount-codes/{code.json()['id']}",
            json={"active": True, "percent": 5, "resource_ids": ids},
            headers={"If-Match": code.headers["ETag"]},
        )
        await self.on("change a code", changed)

    async def itineraries(self) -> None:
        """Of so many bookings already."""
        desk, much = self.desk, self.much
        first, *others = [
            await desk.quote(await desk.rooms(name=f"{much}: {number}"))
            for number in range(much + 1)
        ]
        held = await desk.post("/v1/itineraries", {"quote_ids": others})
        body = {"quote_id": first}
        grown = await self.on("add to an itinerary", step(desk, held, "bookings", body))
        await self.on("release an itinerary", step(desk, grown, "release"))


async def test_many_of_them_cost_no_more(any_desk: Desk) -> None:
    await any_desk.hold(await any_desk.rooms())  # Some things are remembered from then on.
    few, many = Spending(desk=any_desk, much=1), Spending(desk=any_desk, much=9)
    for spending in (few, many):
        await spending.units()
        await spending.sessions()
        await spending.codes()
        await spending.itineraries()

    of_postgres = any_desk.container.database().engine.dialect.name == "postgresql"
    assert few.spent == {route: costs[of_postgres] for route, costs in STATEMENTS.items()}
    assert many.spent == few.spent


async def test_cancelling_many_bookings_costs_no_more_than_one(any_desk: Desk) -> None:
    desk, costs = any_desk, list[int]()
    for number in (1, 9):
        course = await on_sale(desk, SESSION, {"capacity": number})
        for guest in range(number):
            contact = {**CONTACT, "email": f"guest{guest}@example.com"}
            await confirmed(desk, {**seats(course, f"Guest {guest}"), "contact": contact})
        some = CancelSomeBookings(actor=desk.actor, stock=ResourceId(UUID(course)), reason="snow")
        with desk.statements() as seen:
            assert await desk.container.bookings.cancel_some_bookings()(some) == number
        costs.append(len(seen))

    assert costs[0] == costs[1]


async def test_members_cost_no_more_where_there_are_many(any_desk: Desk) -> None:
    office, costs = await Staff.of(any_desk), list[tuple[int, int]]()
    for number in range(7):
        said = {"email": f"m{number}@example.com", "name": "Bert", "role": "agent"}
        with any_desk.statements() as inviting:
            invited = await office.ada.post("/v1/members", said)
        with any_desk.statements() as changing:
            changed = await office.ada.send(
                "PUT",
                f"{invited.headers['Location']}/role",
                json={"role": "viewer"},
                headers={"If-Match": invited.headers["ETag"]},
            )
        assert (invited.status_code, changed.status_code) == (201, 200)
        costs.append((len(inviting), len(changing)))

    _, second, *_, last = costs  # The first time, some things are looked up for good.
    assert second == last
