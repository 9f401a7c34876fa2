"""Deposits whose rest is not paid: reminded of, waited for, and cancelled or kept."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from application.bookings.chase_instalments import ChaseInstalments
from tests.fakes.time import Time
from tests.http.desk import TERMS
from tests.http.test_settings import change
from tests.http.till import Till

pytestmark = pytest.mark.anyio

PRICE, DEPOSIT = 9900, 2970
SOLD_WITH_DEPOSIT = {**TERMS, "deposit": {"percent": 30, "hours_before": 96}}
REMIND, GRACE = timedelta(hours=72), timedelta(hours=48)


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        yield till


async def secured(till: Till) -> httpx.Response:
    """Confirmed by its deposit."""
    rooms = await till.desk.rooms()
    terms = f"/v1/resources/{rooms}/sales-terms"
    headers = {"If-Match": '"1"'}
    set_anew = await till.desk.send("PUT", terms, json=SOLD_WITH_DEPOSIT, headers=headers)
    assert set_anew.status_code == 200, set_anew.text
    booking = await till.desk.hold(rooms)
    await pay(till, booking)
    return booking


async def pay(till: Till, booking: httpx.Response) -> None:
    begun = await till.begin(booking)
    await till.choose(begun, "success")
    await till.come_back(begun)


async def looks(till: Till) -> None:
    """The worker hears what has happened, and looks at what is due."""
    await till.hear_about_money()
    rules: Any = till.desk.container.payments.rules
    chase = rules.chase_instalments()
    await chase(ChaseInstalments(actor=till.desk.actor))


async def watched(till: Till, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await till.desk.get(f"/v1/instalments{query}")).json()["items"]
    return items


async def stage(till: Till) -> str:
    (instalment,) = await watched(till)
    return str(instalment["stage"])


async def until_the_grace_is_over(till: Till, booking: httpx.Response) -> list[str]:
    """The stages on the way there."""
    await looks(till)
    stages = [await stage(till)]
    (instalment,) = await watched(till)
    assert instalment["booking_id"] == booking.json()["id"]
    due_at = datetime.fromisoformat(instalment["due_at"]).astimezone(timezone.utc)
    for moment in (due_at - REMIND, due_at):
        till.desk.clock.passes(moment - till.desk.clock.now)
        await looks(till)
        stages.append(await stage(till))
    till.desk.clock.passes(GRACE)
    await looks(till)
    return stages


async def test_who_does_not_pay_in_time_is_cancelled_where_that_was_decided(till: Till) -> None:
    assert (await change(till.desk, "instalments.policy", "cancel")).status_code == 200
    booking = await secured(till)
    assert await till.money(booking) == {"owed": PRICE, "paid": DEPOSIT, "due": 0}
    stages = await until_the_grace_is_over(till, booking)

    assert stages == ["ahead", "reminded", "late"]
    assert (await till.booking(booking)).json()["state"] == "cancelled"
    assert await watched(till) == []
    await till.work(booking)
    assert await till.refunds(booking) == []  # the fee is all of it by now
    assert await till.money(booking) == {"owed": PRICE, "paid": DEPOSIT, "due": PRICE - DEPOSIT}


async def test_who_is_kept_is_listed_as_overdue_until_the_rest_is_paid(till: Till) -> None:
    booking = await secured(till)
    await until_the_grace_is_over(till, booking)
    overdue = await watched(till, "?stage=overdue")
    await pay(till, booking)
    till.desk.clock.passes(timedelta(days=1))
    await looks(till)

    assert [one["booking_id"] for one in overdue] == [booking.json()["id"]]
    assert await watched(till) == []
    assert (await till.booking(booking)).json()["state"] == "confirmed"
    assert await till.money(booking) == {"owed": PRICE, "paid": PRICE, "due": 0}


async def test_who_pays_after_the_reminder_is_left_alone(till: Till) -> None:
    booking = await secured(till)
    await looks(till)
    path = f"/v1/bookings/{booking.json()['id']}/payments/by-hand"
    rest = {"method": "bank_transfer", "amount_minor": PRICE - DEPOSIT, "currency": "EUR"}
    assert (await till.desk.post(path, rest)).status_code == 201
    till.desk.clock.passes(timedelta(days=7))
    await looks(till)

    assert await watched(till) == []
    assert (await till.booking(booking)).json()["state"] == "confirmed"
