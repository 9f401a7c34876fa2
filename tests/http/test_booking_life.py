"""What a desk does with a booking: approve, decline, check in, complete, note that nobody came."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http.desk import TERMS, Desk, problem

pytestmark = pytest.mark.anyio


async def on_request(desk: Desk, **terms: Any) -> str:
    """Rooms that are sold on request."""
    rooms = await desk.rooms(capacity=1)
    path = f"/v1/resources/{rooms}/sales-terms"
    set_ = await desk.send(
        "PUT",
        path,
        json={**TERMS, "on_request": True, **terms},
        headers={"If-Match": '"1"'},
    )
    assert set_.status_code == 200, set_.text
    assert (await desk.get(path)).json() == set_.json()
    return rooms


async def test_what_is_sold_on_request_is_approved_and_then_paid_for(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await on_request(desk, hold_minutes=45)
    asked = await desk.hold(rooms)
    too_early = await desk.step(asked, "confirm")
    taken = await desk.hold(rooms)
    waiting = await desk.get("/v1/bookings?state=held&purpose=approval")
    desk.clock.passes(timedelta(hours=20))
    approved = await desk.step(asked, "approve")
    again = await desk.step(approved, "approve")
    confirmed = await desk.step(approved, "confirm")

    assert (asked.json()["state"], asked.json()["purpose"]) == ("held", "approval")
    assert asked.json()["expires_at"] == "2027-03-02T12:00:00Z"
    assert asked.json()["agreement"]["conditions"] == {
        "on_request": True,
        "hold_minutes": 45,
        "change_fee": None,
        "terms_version": None,
        "deposit": None,
    }
    assert problem(too_early) == (409, "awaits_approval")
    assert problem(taken) == (409, "sold_out")
    assert [item["id"] for item in waiting.json()["items"]] == [asked.json()["id"]]
    assert (approved.json()["state"], approved.json()["purpose"]) == ("held", "payment")
    assert approved.json()["expires_at"] == "2027-03-02T08:45:00Z"
    assert problem(again) == (409, "nothing_to_approve")
    assert confirmed.json()["state"] == "confirmed"


async def test_what_is_declined_can_be_had_by_somebody_else(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await on_request(desk)
    declined = await desk.step(await desk.hold(rooms), "decline")
    other = await desk.hold(rooms)

    assert declined.json()["state"] == "declined"
    assert other.status_code == 201


async def test_from_check_in_to_completion(any_desk: Desk) -> None:
    desk = any_desk
    confirmed = await desk.step(await desk.hold(await desk.rooms(), nights=2), "confirm")
    too_early = await desk.step(confirmed, "check-in")
    desk.clock.passes(timedelta(days=9, hours=2))
    there = await desk.step(confirmed, "check-in")
    late = await desk.step(there, "cancel")
    done = await desk.step(there, "complete")

    assert problem(too_early) == (409, "not_started")
    assert there.json()["state"] == "in_progress"
    assert problem(late) == (409, "not_confirmed")
    assert done.json()["state"] == "completed"
    assert problem(await desk.step(done, "complete")) == (409, "not_in_progress")


async def test_nobody_came(any_desk: Desk) -> None:
    desk = any_desk
    confirmed = await desk.step(await desk.hold(await desk.rooms()), "confirm")
    too_early = await desk.step(confirmed, "no-show")
    desk.clock.passes(timedelta(days=9, hours=4))
    absent = await desk.step(confirmed, "no-show")

    assert problem(too_early) == (409, "not_started")
    assert absent.json()["state"] == "no_show"
    found = (await desk.get("/v1/bookings?state=no_show")).json()["items"]
    assert [item["id"] for item in found] == [absent.json()["id"]]


async def test_a_step_repeated_with_its_key_is_taken_once(desk: Desk) -> None:
    confirmed = await desk.step(await desk.hold(await desk.rooms()), "confirm")
    desk.clock.passes(timedelta(days=9))
    first = await desk.step(confirmed, "check-in", key="once")
    second = await desk.step(confirmed, "check-in", key="once")

    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"


async def test_what_has_to_be_approved_is_not_held_together_with_other_things(
    desk: Desk,
) -> None:
    quotes = [await desk.quote(await on_request(desk)), await desk.quote(await desk.rooms())]
    refused = await desk.post("/v1/itineraries", {"quote_ids": quotes})

    assert problem(refused) == (409, "sold_on_request")
