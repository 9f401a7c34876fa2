"""Whatever is done to much at once costs no more statements than if it were little."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import attrs
import httpx
import pytest

from tests.http.desk import CONTACT, Desk, seats, stay
from tests.http.sales import confirmed, held
from tests.http.test_attendance import UNTIL_IT_STARTS, mark, recorded
from tests.http.test_blocks import open_block
from tests.http.test_booking_life import on_request
from tests.http.test_flights import flight, fly, seats_of, segment
from tests.http.test_itineraries import step

pytestmark = pytest.mark.anyio

# On SQLite and on PostgreSQL.
STATEMENTS = {
    "quote": (4, 3),
    "hold": (6, 2),
    "extend": (4, 2),
    "confirm": (4, 2),
    "change-quotes": (6, 5),
    "change": (12, 11),
    "cancellation-quotes": (3, 2),
    "cancel": (10, 7),
    "release": (10, 7),
    "hold an itinerary": (7, 2),
    "extend an itinerary": (7, 4),
    "confirm an itinerary": (7, 4),
    "join the waiting list": (9, 6),
    "open a block": (6, 2),
    "release a block": (9, 8),
    "approve": (4, 2),
    "decline": (10, 7),
    "seats": (9, 8),
    "quote a party": (4, 3),
    "hold a party": (7, 2),
    "check-in": (4, 2),
    "complete": (4, 2),
    "no-show": (4, 2),
    "attendance": (6, 5),
}
# More than 32 new rows go table by table, however many they are.
TABLE_BY_TABLE = {"hold an itinerary": 7}
MOST_ATTENDEES = 12
A_MINUTE = timedelta(minutes=1)
CHOICE = [f"{row}{letter}" for row in (10, 11, 12) for letter in "ABC"]


@attrs.frozen(kw_only=True)
class Spending:
    """What a route took that was asked for so much."""

    desk: Desk
    much: int
    spent: dict[str, int] = attrs.field(factory=dict)

    async def on(self, route: str, asked: Any) -> httpx.Response:
        with self.desk.statements() as seen:
            answer: httpx.Response = await asked
        assert answer.status_code in (200, 201), answer.text
        self.spent[route] = len(seen)
        return answer

    async def stays(self) -> None:
        """So many nights for so many rooms."""
        desk, rooms = self.desk, await self.desk.rooms(capacity=50)
        request = stay(rooms, night=3, nights=self.much, rooms=self.much, guests=self.much)
        quoted = await self.on("quote", desk.post("/v1/quotes", request))
        body = {"quote_id": quoted.json()["id"]}
        booked = await self.on("hold", desk.post("/v1/holds", body))
        desk.clock.passes(A_MINUTE)
        booked = await self.on("extend", desk.step(booked, "extend"))
        booked = await self.on("confirm", desk.step(booked, "confirm"))
        address = f"/v1/bookings/{booked.json()['id']}"
        other = request | {"check_in": "2027-03-02"}
        change = await self.on("change-quotes", desk.post(f"{address}/change-quotes", other))
        body = {"quote_id": change.json()["id"]}
        booked = await self.on("change", desk.step(booked, "change", json=body))
        await self.on("cancellation-quotes", desk.post(f"{address}/cancellation-quotes"))
        await self.on("cancel", desk.step(booked, "cancel"))
        await self.on("release", desk.step(await held(desk, request), "release"))

    async def approvals(self) -> None:
        """Of so many nights."""
        desk = self.desk
        for step_ in ("approve", "decline"):
            asked = await held(desk, stay(await on_request(desk), night=3, nights=self.much))
            await self.on(step_, desk.step(asked, step_))

    async def parties(self) -> tuple[str, Sequence[httpx.Response]]:
        """So many persons in a session, up to twelve, three times over."""
        desk, session = self.desk, await self.desk.session(capacity=50)
        names = [f"Ana {number}" for number in range(min(self.much, MOST_ATTENDEES))]
        request = seats(session, *names)
        quoted = await self.on("quote a party", desk.post("/v1/quotes", request))
        body = {"quote_id": quoted.json()["id"]}
        shown = await self.on("hold a party", desk.post("/v1/holds", body))
        party = [await desk.step(shown, "confirm")]
        for others in ("Bo", "Cy"):
            theirs = seats(session, *(name.replace("Ana", others) for name in names))
            contact = {**CONTACT, "email": f"{others}@example.com"}
            party.append(await confirmed(desk, theirs | {"contact": contact}))
        return session, party

    async def come(self, session: str, parties: Sequence[httpx.Response]) -> None:
        """One party is marked, one checks in and has been there, one does not come."""
        desk, (booked, another, absent) = self.desk, parties
        here = await self.on("check-in", desk.step(another, "check-in"))
        await self.on("complete", desk.step(here, "complete"))
        await self.on("no-show", desk.step(absent, "no-show"))
        people = min(self.much, MOST_ATTENDEES)
        marks = [mark(booked, number, "present") for number in range(1, people + 1)]
        tag = (await desk.get(f"/v1/resources/{session}/attendance")).headers["ETag"]
        await self.on("attendance", recorded(desk, session, *marks, tag=tag))

    async def itineraries(self) -> None:
        """Of so many rooms, each of a kind of its own."""
        desk = self.desk
        quote_ids = [
            await desk.quote(await desk.rooms(name=f"Room {number}"))
            for number in range(self.much)
        ]
        shown = await self.on(
            "hold an itinerary", desk.post("/v1/itineraries", {"quote_ids": quote_ids})
        )
        desk.clock.passes(A_MINUTE)
        shown = await self.on("extend an itinerary", step(desk, shown, "extend"))
        await self.on("confirm an itinerary", step(desk, shown, "confirm"))

    async def lists(self) -> None:
        """Somebody waits for so many nights, and somebody else sets them aside."""
        desk, full = self.desk, await self.desk.rooms(capacity=1)
        nights = stay(full, night=3, nights=self.much)
        await confirmed(desk, nights)
        waiting = nights | {"contact": CONTACT | {"email": "late@example.com"}}
        await self.on("join the waiting list", desk.post("/v1/waiting-list", waiting))
        rooms = await desk.rooms(capacity=9)
        dates = {"from": nights["check_in"], "until": nights["check_out"]}
        block = await self.on("open a block", open_block(desk, rooms, **dates))
        release = desk.post(
            f"{block.headers['Location']}/release",
            {"units": 1},
            headers={"If-Match": block.headers["ETag"]},
        )
        await self.on("release a block", release)

    async def flights(self) -> None:
        """So many seats, up to nine."""
        desk, much = self.desk, min(self.much, 4)
        resource_id = await fly(desk, flight(), economy=9)
        people = [{"name": f"Ana {seat}", "seat": seat} for seat in CHOICE[:much]]
        booked = await confirmed(desk, segment(resource_id, *people))
        others = [*CHOICE[much : 2 * much]]
        chosen = await self.on("seats", desk.step(booked, "seats", json={"seats": others}))
        assert [one["seat"] for one in seats_of(chosen)] == others


async def test_much_costs_no_more_statements_than_little(any_desk: Desk) -> None:
    await any_desk.hold(await any_desk.rooms())  # Some things are remembered from then on.
    little, much = Spending(desk=any_desk, much=1), Spending(desk=any_desk, much=20)
    for spending in (little, much):
        await spending.stays()
        await spending.itineraries()
        await spending.lists()
        await spending.approvals()
        await spending.flights()
    parties = [(spending, *(await spending.parties())) for spending in (little, much)]
    any_desk.clock.passes(UNTIL_IT_STARTS)
    for spending, session, booked in parties:
        await spending.come(session, booked)

    of_postgres = any_desk.container.database().engine.dialect.name == "postgresql"
    budget = {route: costs[of_postgres] for route, costs in STATEMENTS.items()}
    assert little.spent == budget
    assert much.spent == (budget | TABLE_BY_TABLE if of_postgres else budget)
