"""What the books say about money, told as figures: to the minor unit."""

from datetime import timedelta
from uuid import UUID

import pytest

from application.bookings.settle_booking import SettleBooking
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId
from tests.http.counting import OVERVIEW, REVENUE, REVENUE_TIMELINE, asked, hear
from tests.http.till import Till

pytestmark = pytest.mark.anyio

PRICE = 9900
SUMS = ("payments", "refunds", "gross", "refunded", "charged_back", "net", "sales", "tax")


async def business(till: Till) -> None:
    """One stays paid for; one is paid for, cancelled and given back a week later."""
    kept, _ = await till.paid()
    given_back, _ = await till.paid()
    await till.hear_about_money()
    cancelled = await till.desk.step(given_back, "cancel")
    assert cancelled.status_code == 200, cancelled.text
    await till.hear_about_money()
    till.desk.clock.now += timedelta(days=7)
    await till.work(given_back)
    await till.hear_about_money()
    assert (await till.money(kept))["paid"] == PRICE
    assert (await till.money(given_back))["paid"] == 0


async def test_what_came_and_went(till: Till) -> None:
    await business(till)

    (euros,) = (await asked(till.desk, REVENUE))["money"]

    assert euros["currency"] == "EUR"
    told = euros["figures"]
    assert {name: told[name] for name in SUMS} == {
        "payments": 2,
        "refunds": 1,
        "gross": 2 * PRICE,
        "refunded": PRICE,
        "charged_back": 0,
        "net": PRICE,
        "sales": PRICE,
        "tax": 0,
    }
    assert told["average_payment"] == PRICE


async def test_intervals_add_up_and_each_has_its_own(till: Till) -> None:
    await business(till)

    (whole,) = (await asked(till.desk, REVENUE))["money"]
    for interval in ("hour", "day", "week", "month"):
        timeline = await asked(till.desk, REVENUE_TIMELINE, interval=interval)
        parts = timeline["intervals"]
        assert timeline["money"] == [whole]
        told = [money["figures"] for part in parts for money in part["money"]]
        for name in SUMS:
            assert sum(figures[name] for figures in told) == whole["figures"][name]

    days = (await asked(till.desk, REVENUE_TIMELINE, interval="day"))["intervals"]
    moved = {day["from"][:10]: day["money"][0]["figures"] for day in days if day["money"]}
    assert len(days) == 31 + 1  # in UTC it is March for an hour more
    assert {day: (told["gross"], told["refunded"]) for day, told in moved.items()} == {
        "2027-03-01": (2 * PRICE, 0),
        "2027-03-08": (0, PRICE),
    }


async def test_only_what_was_asked_for(till: Till) -> None:
    booking, _ = await till.paid()
    await till.paid()
    resource_id = booking.json()["agreement"]["resource_id"]

    (of_one,) = (await asked(till.desk, REVENUE, resource_id=resource_id))["money"]
    of_cars = (await asked(till.desk, REVENUE, kind="car"))["money"]

    assert (of_one["figures"]["payments"], of_one["figures"]["gross"]) == (1, PRICE)
    assert of_cars == []


async def test_who_has_paid_is_counted(till: Till) -> None:
    await till.paid()
    await till.held()
    await hear(till.desk)

    figures = (await asked(till.desk, OVERVIEW))["figures"]

    assert (figures["bookings"], figures["confirmed"], figures["paid"]) == (2, 1, 1)


async def test_money_is_for_whoever_may_see_payments(till: Till) -> None:
    caller = await till.desk.caller(frozenset({Permission.READ_BOOKINGS}))

    assert (await caller.get(OVERVIEW)).status_code == 200
    assert (await caller.get(REVENUE)).status_code == 403


async def test_months_and_offerings_add_up_to_the_books(till: Till) -> None:
    await business(till)
    await hear(till.desk)

    (whole,) = (await asked(till.desk, REVENUE))["money"]
    rows = (await asked(till.desk, f"{REVENUE.rpartition('/')[0]}/offerings"))["offerings"]
    told = [money["figures"] for row in rows for money in row["money"]]

    assert len({row["resource_id"] for row in rows}) == 2
    for name in SUMS:
        assert sum(figures[name] for figures in told) == whole["figures"][name]
    assert sum(row["figures"]["bookings"] for row in rows) == 2
    assert sum(row["figures"]["people"] for row in rows) == 2


async def test_what_is_to_be_given_back(till: Till) -> None:
    path = f"{REVENUE.rpartition('/')[0]}/pending-refunds"
    booking, _ = await till.paid()
    await till.hear_about_money()
    nothing = (await till.desk.get(path)).json()
    assert (await till.desk.step(booking, "cancel")).status_code == 200
    await till.hear_about_money()
    await till.desk.container.payments.settle_booking()(
        SettleBooking(actor=till.desk.actor, booking_id=BookingId(UUID(booking.json()["id"])))
    )

    (pending,) = (await till.desk.get(path)).json()["items"]

    assert nothing == {"items": []}
    assert (pending["refunds"], pending["amount"]) == (1, {"minor": PRICE, "currency": "EUR"})
