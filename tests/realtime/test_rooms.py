"""What is shown in a room and told there, over real sockets."""

import pytest

from tests.contract.desks import Desk
from tests.realtime.places import Served

pytestmark = pytest.mark.anyio


async def test_a_picture_first_and_then_what_happens(served: Served, desk: Desk, key: str) -> None:
    async with served.client(key) as client:
        shown = await client.subscribe(desk.resource_id, ref="a")
        (room,) = shown["rooms"]
        assert shown["ref"] == "a"
        assert room["room"] == room["stock_id"] == str(desk.resource_id)
        assert len(room["pools"]) == 30
        assert {pool["free"] for pool in room["pools"]} == {5}

        booking_id = await desk.hold(1)
        changed = await client.until("availability")
        assert [(pool["pool_id"], pool["free"]) for pool in changed["pools"]] == [
            (desk.pool(1), 4)
        ]
        await desk.confirm(booking_id)
        await client.until("event", name="booking_confirmed")

        assert client.events == ["booking_held", "booking_confirmed"]
        assert client.positions == sorted(set(client.positions))
        assert client.positions[0] > shown["position"]
