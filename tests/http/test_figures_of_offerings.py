"""What offerings come to is read from sums of days, and is what their bookings come to."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http.counting import OVERVIEW, asked, hear
from tests.http.desk import Desk
from tests.http.test_booking_figures import confirmed, some_bookings

pytestmark = pytest.mark.anyio

OFFERINGS = "/v1/analytics/bookings/offerings"
MONTHS = "/v1/analytics/revenue/offerings"
SPANS = (
    {"from": "2027-03-01T00:00:00Z", "until": "2027-04-01T00:00:00Z"},
    {"from": "2027-03-01T12:00:00Z", "until": "2027-03-15T20:10:20Z"},
    {"from": "2027-03-12T10:00:00Z", "until": "2027-03-12T20:00:00Z"},
)


async def two_kinds_of_rooms(desk: Desk) -> None:
    await some_bookings(desk)
    desk.clock.now += timedelta(hours=7)
    others = await desk.rooms(capacity=9, name="Single room")
    await desk.hold(others, night=15)
    await confirmed(desk, others, night=16, nights=2)
    await hear(desk)


async def of_their_bookings(desk: Desk, found: Any, **span: str) -> Any:
    """Of one offering, figures are read from bookings."""
    return [
        {name: (await asked(desk, OVERVIEW, resource_id=one["resource_id"], **span))[name]}
        for one in found
        for name in ("figures", "money")
    ]


async def test_sums_and_bookings_give_the_same(any_desk: Desk) -> None:
    await two_kinds_of_rooms(any_desk)

    for span in SPANS:
        for by in ("booked", "starts"):
            alike = {**span, "by": by, "zone": "Asia/Kolkata"}
            whole = await asked(any_desk, OVERVIEW, **alike)
            found = (await asked(any_desk, OFFERINGS, **alike))["offerings"]
            counted = sum(one["figures"]["bookings"] for one in found)
            assert counted == whole["figures"]["bookings"]
            shown = [{name: one[name]} for one in found for name in ("figures", "money")]
            assert shown == await of_their_bookings(any_desk, found, **alike)


async def test_intervals_of_offerings_add_up(any_desk: Desk) -> None:
    await two_kinds_of_rooms(any_desk)
    span = {"from": "2027-02-27T10:20:00Z", "until": "2027-03-04T22:00:00Z"}
    whole = await asked(any_desk, OVERVIEW, **span)

    for interval in ("hour", "day", "week", "month"):
        found = (await asked(any_desk, MONTHS, interval=interval, zone="Asia/Kolkata", **span))[
            "offerings"
        ]
        for name in ("bookings", "people", "units", "cancelled", "let_go"):
            assert sum(one["figures"][name] for one in found) == whole["figures"][name], name
        for one in found:
            then = {"from": one["from"], "until": one["until"]}
            own = await asked(any_desk, OVERVIEW, resource_id=one["resource_id"], **then)
            assert own["figures"] == one["figures"]


async def test_what_is_taken_back_is_counted_no_more(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=2)
    held = await any_desk.hold(rooms)
    await hear(any_desk)
    assert (await any_desk.step(held, "release")).status_code == 200
    await hear(any_desk)

    (one,) = (await asked(any_desk, OFFERINGS, **SPANS[0]))["offerings"]

    assert (one["figures"]["pending"], one["figures"]["let_go"]) == (0, 1)
