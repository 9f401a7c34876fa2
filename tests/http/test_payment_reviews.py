"""Payments that look suspicious are parked, shown to whoever operates payments, and decided on."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.fakes.time import Time
from tests.http.desk import problem
from tests.http.till import Till

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path, payments_per_hour=1) as till:
        yield till


async def parked(till: Till) -> tuple[httpx.Response, httpx.Response]:
    """The second of two bookings that are paid for at once, and its payment."""
    rooms = await till.desk.rooms(capacity=2)
    await till.begin(await till.desk.hold(rooms))
    booking = await till.desk.hold(rooms)
    return booking, await till.begin(booking)


async def decide(till: Till, begun: httpx.Response, step: str) -> httpx.Response:
    path = f"/v1/payments/{begun.json()['payment']['id']}"
    tag = (await till.desk.get(path)).headers["ETag"]
    return await till.desk.post(f"{path}/{step}", {"note": "known"}, headers={"If-Match": tag})


async def test_customers_see_that_it_is_looked_at_and_staff_sees_why(till: Till) -> None:
    booking, begun = await parked(till)
    payment = begun.json()["payment"]
    listed = (await till.desk.get("/v1/payment-reviews")).json()["items"]
    shown = await till.desk.get(f"/v1/payments/{payment['id']}/review")

    assert (begun.status_code, begun.json()["next_action"]) == (201, None)
    assert (payment["state"], payment["under_review"], payment["failure"]) == (
        "created",
        True,
        None,
    )
    assert "velocity" not in begun.text
    assert [one["payment"]["booking_id"] for one in listed] == [booking.json()["id"]]
    assert shown.json() == listed[0]
    assert listed[0]["check"]["reasons"] == [
        {"signal": "email_velocity", "weight": 60, "found": 2, "limit": 1}
    ]


async def test_what_is_approved_is_paid(till: Till) -> None:
    booking, begun = await parked(till)
    approved = await decide(till, begun, "approve")
    again = await till.begin(booking)
    await till.choose(again, "success")
    await till.come_back(again)

    assert (approved.status_code, approved.json()["review"]) == (200, "approved")
    assert again.json()["payment"]["id"] == begun.json()["payment"]["id"]
    assert (await till.booking(booking)).json()["state"] == "confirmed"
    assert problem(await decide(till, begun, "approve")) == (409, "payment_not_parked")


async def test_what_is_declined_has_failed(till: Till) -> None:
    _, begun = await parked(till)
    declined = await decide(till, begun, "decline")
    payment = declined.json()["payment"]

    assert (payment["state"], payment["failure"]) == ("failed", "not_accepted")
    assert declined.json()["check"]["note"] == "known"
    assert (await till.desk.get("/v1/payment-reviews")).json()["items"] == []
