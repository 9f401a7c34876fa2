"""Changing and cancelling: quoted, then done as quoted."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.http.desk import TERMS, Desk, problem, seats, stay

pytestmark = pytest.mark.anyio


async def confirmed(desk: Desk, rooms: str, **changes: Any) -> httpx.Response:
    return await desk.step(await desk.hold(rooms, **changes), "confirm")


async def quoted(desk: Desk, booking: httpx.Response, request: Any) -> httpx.Response:
    return await desk.post(f"/v1/bookings/{booking.json()['id']}/change-quotes", request)


async def as_quoted(
    desk: Desk, booking: httpx.Response, quote: httpx.Response, step: str = "change"
) -> httpx.Response:
    return await desk.step(booking, step, json={"quote_id": quote.json()["id"]})


def euros(minor: int) -> dict[str, Any]:
    return {"minor": minor, "currency": "EUR"}


async def test_a_stay_is_moved_as_quoted(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    booking = await confirmed(desk, rooms, night=10, nights=2)
    quote = await quoted(desk, booking, stay(rooms, night=11, nights=3))
    changed = await as_quoted(desk, booking, quote)
    again = await as_quoted(desk, changed, quote)

    assert quote.status_code == 201, quote.text
    assert quote.json()["expires_at"] == "2027-03-01T12:15:00Z"
    assert quote.json()["booking_version"] == booking.json()["version"]
    assert (quote.json()["difference"], quote.json()["fee"]) == (euros(9900), euros(0))
    assert quote.json()["due"] == euros(9900)
    assert changed.status_code == 200, changed.text
    assert changed.json()["state"] == "confirmed"
    assert changed.json()["agreement"] == {**quote.json()["agreement"], "change_fees": euros(0)}
    assert problem(again) == (409, "quote_outdated")
    path = f"/v1/resources/{rooms}/availability?from=2027-03-10&until=2027-03-15"
    days = (await desk.get(path)).json()["days"]
    assert [day["free"] for day in days] == [1, 0, 0, 0, 1]


async def test_a_change_that_does_not_fit_changes_nothing(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    booking = await confirmed(desk, rooms, night=10, nights=2)
    await confirmed(desk, rooms, night=12)
    quote = await quoted(desk, booking, stay(rooms, night=11, nights=2))
    refused = await as_quoted(desk, booking, quote)

    assert problem(refused) == (409, "sold_out")
    assert [short["pool_id"] for short in refused.json()["shortages"]] == [f"{rooms}:2027-03-12"]
    assert (await desk.get(f"/v1/bookings/{booking.json()['id']}")).content == booking.content


async def test_seats_move_to_another_session_but_not_into_a_room(any_desk: Desk) -> None:
    desk = any_desk
    here, elsewhere = await desk.session(), await desk.session()
    made = await desk.post("/v1/quotes", seats(here, "Ana Sousa"))
    held = await desk.post("/v1/holds", {"quote_id": made.json()["id"]})
    booking = await desk.step(held, "confirm")

    more = await quoted(desk, booking, seats(elsewhere, "Ana Sousa", "Rui Costa"))
    changed = await as_quoted(desk, booking, more)
    another_kind = await quoted(desk, changed, stay(await desk.rooms()))

    assert changed.json()["agreement"]["resource_id"] == elsewhere
    assert len(changed.json()["agreement"]["request"]["attendees"]) == 2
    assert problem(another_kind) == (409, "kind_fixed")


async def test_an_early_departure_pays_for_fewer_nights_and_the_fee(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    await desk.send(
        "PUT",
        f"/v1/resources/{rooms}/sales-terms",
        json={**TERMS, "change_fee_minor": 1500},
        headers={"If-Match": '"1"'},
    )
    booking = await confirmed(desk, rooms, night=10, nights=5)
    desk.clock.passes(timedelta(days=9, hours=4))
    there = await desk.step(booking, "check-in")
    desk.clock.passes(timedelta(days=1))
    back = await quoted(desk, there, stay(rooms, night=9, nights=3))
    later = await quoted(desk, there, stay(rooms, night=11, nights=4))
    quote = await quoted(desk, there, stay(rooms, night=10, nights=2))
    left = await as_quoted(desk, there, quote)

    assert problem(back) == (422, "in_the_past")
    assert problem(later) == (409, "has_begun")
    assert (quote.json()["difference"], quote.json()["due"]) == (euros(-29700), euros(-28200))
    assert left.json()["state"] == "in_progress"
    assert left.json()["agreement"]["change_fees"] == euros(1500)
    assert left.json()["agreement"]["price"]["total"] == euros(19800)


async def test_a_cancellation_is_what_was_promised(any_desk: Desk) -> None:
    desk = any_desk
    booking = await confirmed(desk, await desk.rooms(), night=10)
    path = f"/v1/bookings/{booking.json()['id']}/cancellation-quotes"
    desk.clock.passes(timedelta(days=2, hours=2, minutes=55))  # a week before the check-in
    quote = await desk.post(path)
    desk.clock.passes(timedelta(minutes=10))
    now = await desk.post(path)
    cancelled = await as_quoted(desk, booking, quote, "cancel")

    assert (quote.json()["fee"], quote.json()["refund"]) == (euros(0), euros(9900))
    assert (now.json()["fee"], now.json()["refund"]) == (euros(9900), euros(0))
    assert cancelled.json()["cancellation"] == {"fee": euros(0), "refund": euros(9900)}


async def test_a_promise_is_good_for_a_while(desk: Desk) -> None:
    booking = await confirmed(desk, await desk.rooms(), night=10)
    quote = await desk.post(f"/v1/bookings/{booking.json()['id']}/cancellation-quotes")
    desk.clock.passes(timedelta(minutes=15))

    late = await as_quoted(desk, booking, quote, "cancel")
    without = await desk.step(booking, "cancel", json={})

    assert problem(late) == (409, "quote_expired")
    assert without.json()["state"] == "cancelled"


async def test_verify_finds_nothing_after_changes(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=2)
    booking = await confirmed(desk, rooms, night=10, nights=2)
    for night in (11, 12):
        quote = await quoted(desk, booking, stay(rooms, night=night, nights=3))
        booking = await as_quoted(desk, booking, quote)
    await desk.relay()

    assert list(await desk.container.verification()()) == []
