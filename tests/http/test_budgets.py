"""How many statements each route may need: what grows with the data is found here."""

import pytest

from tests.http.desk import Desk, stay

pytestmark = pytest.mark.anyio

# Everything else is one. A key that was looked up is remembered, so that nobody asks for it here.
ON_SQLITE = {"quote": 4, "hold": 6, "confirm": 4, "extend": 2, "release": 10, "cancel": 10}
ON_POSTGRES = {"quote": 3, "hold": 2, "confirm": 2, "extend": 2, "release": 9, "cancel": 9}


async def test_routes_keep_to_their_number_of_statements(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=50)
    quote_id = await desk.quote(rooms, nights=5)
    held = [await desk.hold(rooms, night=night, nights=3) for night in range(2, 8)]
    await desk.relay()
    spent: dict[str, int] = {}

    with desk.statements() as seen:

        def spend(name: str) -> None:
            spent[name] = len(seen)
            seen.clear()

        await desk.post("/v1/quotes", stay(rooms, nights=5))
        spend("quote")
        booking = await desk.post("/v1/holds", {"quote_id": quote_id})
        spend("hold")
        await desk.get(booking.headers["Location"])
        spend("read a booking")
        confirmed = await desk.step(held[0], "confirm")
        spend("confirm")
        await desk.step(held[1], "extend")
        spend("extend")
        await desk.step(held[2], "release")
        spend("release")
        await desk.step(confirmed, "cancel")
        spend("cancel")
        for path in (
            "/v1/bookings?limit=3",
            "/v1/resources",
            f"/v1/resources/{rooms}/availability?from=2027-03-01&until=2027-04-01",
            "/v1/availability?from=2027-03-02&until=2027-03-05",
            "/v1/events",
            f"/v1/quotes/{quote_id}",
        ):
            await desk.get(path)
            spend(path.partition("?")[0].replace(rooms, "…").replace(quote_id, "…"))

    budget = ON_SQLITE if engine_name(desk) == "sqlite" else ON_POSTGRES
    over = {name: number for name, number in spent.items() if number > budget.get(name, 1)}
    assert not over


def engine_name(desk: Desk) -> str:
    return str(desk.container.database().engine.dialect.name)
