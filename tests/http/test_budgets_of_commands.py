"""Whatever is done to much at once costs no more statements than if it were little."""

from datetime import timedelta
from typing import Any

import attrs
import httpx
import pytest

from tests.http.desk import CONTACT, Desk, seats, stay
from tests.http.sales import confirmed
from tests.http.test_attendance import UNTIL_IT_STARTS, mark, recorded
from tests.http.test_blocks import open_block
from tests.http.test_flights import flight, fly, seats_of, segment
from tests.http.test_itineraries import step

pytestmark = pytest.mark.anyio

MOST = 20
# Each booking of an itinerary has a version of its own to be compared, and an event.
BY_BOOKING = ("extend an itinerary", "confirm an itinerary")
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
        held = await self.on("hold", desk.post("/v1/holds", body))
        desk.clock.passes(A_MINUTE)
        held = await self.on("extend", desk.step(held, "extend"))
        booked = await self.on("confirm", desk.step(held, "confirm"))
        address = f"/v1/bookings/{booked.json()['id']}"
        other = request | {"check_in": "2027-03-02"}
        change = await self.on("change-quotes", desk.post(f"{address}/change-quotes", other))
        body = {"quote_id": change.json()["id"]}
        booked = await self.on("change", desk.step(booked, "change", json=body))
        await self.on("cancellation-quotes", desk.post(f"{address}/cancellation-quotes"))
        await self.on("cancel", desk.step(booked, "cancel"))
        released = await desk.post("/v1/quotes", request)
        held = await desk.post("/v1/holds", {"quote_id": released.json()["id"]})
        await self.on("release", desk.step(held, "release"))

    async def parties(self) -> tuple[str, httpx.Response]:
        """So many persons in a session."""
        desk, session = self.desk, await self.desk.session(capacity=50)
        request = seats(session, *(f"Ana {number}" for number in range(self.much)))
        quoted = await self.on("quote a party", desk.post("/v1/quotes", request))
        body = {"quote_id": quoted.json()["id"]}
        held = await self.on("hold a party", desk.post("/v1/holds", body))
        return session, await desk.step(held, "confirm")

    async def marks(self, session: str, booked: httpx.Response) -> None:
        """For all of the party."""
        desk = self.desk
        marks = [mark(booked, number, "present") for number in range(1, self.much + 1)]
        tag = (await desk.get(f"/v1/resources/{session}/attendance")).headers["ETag"]
        await self.on("attendance", recorded(desk, session, *marks, tag=tag))

    async def itineraries(self) -> None:
        """Of so many rooms, each of a kind of its own."""
        desk = self.desk
        quote_ids = [
            await desk.quote(await desk.rooms(name=f"Room {number}"))
            for number in range(self.much)
        ]
        held = await self.on(
            "hold an itinerary", desk.post("/v1/itineraries", {"quote_ids": quote_ids})
        )
        desk.clock.passes(A_MINUTE)
        held = await self.on("extend an itinerary", step(desk, held, "extend"))
        await self.on("confirm an itinerary", step(desk, held, "confirm"))

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
    little, much = Spending(desk=any_desk, much=1), Spending(desk=any_desk, much=5)
    for spending in (little, much):
        await spending.stays()
        await spending.itineraries()
        await spending.lists()
        await spending.flights()
    parties = [(spending, *(await spending.parties())) for spending in (little, much)]
    any_desk.clock.passes(UNTIL_IT_STARTS)
    for spending, session, booked in parties:
        await spending.marks(session, booked)

    more = {route: much.spent[route] - little.spent[route] for route in much.spent}
    by_booking = {route: more.pop(route) for route in BY_BOOKING}
    # What is remembered is read again now and then; what grows would grow by four.
    assert not {route: number for route, number in more.items() if number > 1}
    assert max(by_booking.values()) <= 2 * (much.much - little.much)
    assert max(much.spent.values()) <= MOST
