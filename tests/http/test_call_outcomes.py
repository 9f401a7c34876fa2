"""What calls came to: settled at once, and sold."""

from datetime import timedelta
from typing import Any

import attrs
import pytest

from domain.calls.call import Numbers
from domain.calls.status import CallStatus
from domain.kernel.actors import Permission
from tests.http.counted_calls import BEGAN, keep, noted, past_call
from tests.http.counting import OVERVIEW, asked, hear
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

RESOLUTION = "/v1/analytics/calls/resolution"
CONVERSION = "/v1/analytics/calls/conversion"
BEHIND = "/v1/analytics/calls/behind"
SPAN = {"from": "2027-01-01T00:00:00Z", "until": "2027-03-01T00:00:00Z", "zone": "UTC"}
DAY = timedelta(days=1)
ANA, RUI, EVA = (Numbers(caller=f"+35191000000{digit}") for digit in (1, 2, 3))


async def test_who_calls_again_was_not_helped(any_desk: Desk) -> None:
    at = BEGAN - 20 * DAY
    calls = (
        past_call(at=at, numbers=ANA),
        past_call(at=at + 2 * DAY, numbers=ANA, talked=None),  # gave up, but had to call again
        past_call(at=at, numbers=RUI),
        past_call(at=at + 9 * DAY, numbers=RUI),
        past_call(at=at, numbers=EVA, talked=None),
        past_call(at=at),  # of nobody that is known
        past_call(at=any_desk.clock() - DAY, numbers=EVA),  # may still call again
    )
    ids = await keep(any_desk, *calls)

    week = await asked(any_desk, RESOLUTION, **SPAN)
    long = await asked(any_desk, RESOLUTION, **SPAN, again_within_days="10")
    behind = await asked(any_desk, BEHIND, **SPAN, figure="resolved_at_first_contact")
    contacts = await asked(any_desk, BEHIND, **SPAN, figure="contacts")

    assert week["figures"] == {
        "contacts": 3,
        "resolved_at_first_contact": 2,
        "first_contact_resolution": 2 / 3,
    }
    assert long["figures"]["resolved_at_first_contact"] == 1
    assert {one["call_id"] for one in behind["items"]} == {str(ids[2]), str(ids[3])}
    assert len(contacts["items"]) == 3
    assert week["before"]["figures"]["first_contact_resolution"] is None
    assert set(week["definitions"]) == set(week["figures"])


async def test_calls_lead_to_holds_to_bookings_and_to_money(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=9)
    open_ = [
        past_call(at=BEGAN + n * DAY / 24, status=CallStatus.IN_PROGRESS, ended_at=None)
        for n in range(3)
    ]
    await keep(desk, *open_)
    first, second, _ = (str(call.id) for call in open_)
    kept = await held_in(desk, rooms, first)
    await held_in(desk, rooms, first)
    await held_in(desk, rooms, second)
    path = f"/v1/bookings/{kept['id']}/confirm"
    headers = {"If-Match": "*", "Call-Id": second}
    assert (await desk.send("POST", path, headers=headers)).status_code == 200
    await hear(desk)
    over = [
        attrs.evolve(
            noted(attrs.evolve(call, status=CallStatus.COMPLETED, ended_at=call.started_at + DAY)),
            version=1,
        )
        for call in open_
    ]
    await keep(desk, *over)

    told = await asked(desk, CONVERSION, **SPAN)
    booked = await asked(desk, OVERVIEW, until="2027-04-01T00:00:00Z")
    behind = await asked(desk, BEHIND, **SPAN, figure="calls_with_booking")

    assert told["figures"] == {
        "handled": 3,
        "calls_with_hold": 2,
        "calls_with_booking": 2,
        "hold_rate": 2 / 3,
        "call_conversion_rate": 2 / 3,
    }
    value = booked["money"][0]["figures"]["value"]
    assert told["money"] == [
        {
            "currency": "EUR",
            "figures": {
                "bookings_of_calls": 1,
                "value_of_calls": value,
                "value_per_call": value / 3,
            },
        }
    ]
    assert {one["call_id"] for one in behind["items"]} == {first, second}
    caller = await desk.caller(frozenset({Permission.READ_CALLS}))
    assert problem(await caller.get(CONVERSION)) == (403, "not_permitted")


async def held_in(desk: Desk, rooms: str, call_id: str) -> Any:
    said = {"quote_id": await desk.quote(rooms)}
    answer = await desk.post("/v1/holds", said, headers={"Call-Id": call_id})
    assert answer.status_code == 201, answer.text
    return answer.json()
