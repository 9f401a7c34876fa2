"""Rooms with rules of their own, over HTTP."""

from typing import Any

import pytest

from tests.http.desk import NIGHTS, Desk, problem, stay
from tests.http.sales import confirmed, on_sale

pytestmark = pytest.mark.anyio

ROOMS: dict[str, Any] = {
    "name": "Family room",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "hotel",
        "beds": 2,
        "most_guests": 3,
        "hotel": "Miramar",
        "location": "Cascais",
        "tier": "luxury",
        "restrictions": [
            {"from": "2027-03-12", "until": "2027-03-14", "least_nights": 2},
            {"from": "2027-03-20", "until": "2027-03-21", "closed_to_arrival": True},
        ],
    },
}


async def test_a_family_stays_by_the_rules(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await on_sale(desk, ROOMS, {**NIGHTS, "capacity": 1})

    refused = await desk.post("/v1/quotes", stay(rooms, night=12, nights=1))
    closed = await desk.post("/v1/quotes", stay(rooms, night=20, nights=3))
    booked = await confirmed(desk, stay(rooms, night=12, nights=2, guests=3, children=1))

    assert problem(refused) == (422, "stay_too_short")
    assert refused.json()["errors"] == [
        {
            "detail": "whoever arrives on 2027-03-12 stays 2 nights at least",
            "pointer": "#/check_out",
        }
    ]
    assert problem(closed) == (422, "closed_to_arrival")
    assert closed.json()["day"] == "2027-03-20"
    assert booked.json()["state"] == "confirmed"
    assert booked.json()["agreement"]["request"]["children"] == 1


async def test_rooms_are_shown_with_their_rules(desk: Desk) -> None:
    rooms = await on_sale(desk, ROOMS)
    shown = await desk.get(f"/v1/resources/{rooms}")

    offering = shown.json()["offering"]
    assert {name: offering[name] for name in ("hotel", "location", "tier", "most_guests")} == {
        "hotel": "Miramar",
        "location": "Cascais",
        "tier": "luxury",
        "most_guests": 3,
    }
    assert offering["restrictions"][0] == {
        "from": "2027-03-12",
        "until": "2027-03-14",
        "least_nights": 2,
        "most_nights": None,
        "closed_to_arrival": False,
        "closed_to_departure": False,
    }


async def test_a_restriction_of_nothing_is_refused(desk: Desk) -> None:
    nothing = {"from": "2027-03-12", "until": "2027-03-14"}
    offering = {"kind": "hotel", "beds": 2, "restrictions": [nothing]}

    refused = await desk.post("/v1/resources", {**ROOMS, "offering": offering})

    assert problem(refused) == (422, "bad_restriction")
