"""Bookings are paid for, whatever comes between."""

from datetime import timedelta

import pytest

from application.bookings.expire_holds import ExpireHolds
from tests.http.desk import problem
from tests.http.till import Till

pytestmark = pytest.mark.anyio

PRICE = 9900


async def test_a_hold_that_is_paid_for_is_confirmed(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking)
    await till.choose(begun, "three_d_secure", "confirm")
    back = await till.come_back(begun)

    assert begun.status_code == 201
    assert begun.json()["payment"]["state"] == "requires_method"
    assert back.json()["payment"]["state"] == "captured"
    assert back.json()["next_action"] is None
    assert (await till.booking(booking)).json()["state"] == "confirmed"
    assert await till.money(booking) == {"owed": PRICE, "paid": PRICE, "due": 0}


async def test_whoever_asks_again_goes_on_with_the_same_payment(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking)
    again = await till.begin(booking)
    other = await till.begin(booking, manual_capture=True)
    await till.choose(again, "success")
    await till.come_back(again)

    assert again.json()["payment"]["id"] == begun.json()["payment"]["id"]
    assert problem(other) == (409, "payment_open")
    assert problem(await till.begin(booking)) == (409, "nothing_to_pay")


async def test_a_declined_customer_tries_again(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking)
    await till.choose(begun, "insufficient_funds")
    declined = await till.come_back(begun)
    await till.choose(declined, "success")
    await till.come_back(begun)

    assert declined.json()["payment"]["failure"] == "insufficient_funds"
    assert (await till.booking(booking)).json()["state"] == "confirmed"


async def test_what_is_paid_too_late_is_confirmed_if_there_is_room(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking)
    await _expire(till)
    await till.choose(begun, "success")
    await till.come_back(begun)

    assert (await till.booking(booking)).json()["state"] == "confirmed"


async def test_what_is_paid_too_late_goes_back_if_there_is_none(till: Till) -> None:
    rooms = await till.desk.rooms(capacity=1)
    booking = await till.desk.hold(rooms)
    begun = await till.begin(booking)
    await _expire(till)
    assert (await till.desk.hold(rooms)).status_code == 201
    await till.choose(begun, "success")
    await till.come_back(begun)
    await till.work(booking)

    (refund,) = await till.refunds(booking)
    assert (refund["state"], refund["amount"]["minor"]) == ("succeeded", PRICE)
    assert (await till.booking(booking)).json()["state"] == "expired"
    assert await till.money(booking) == {"owed": 0, "paid": 0, "due": 0}


async def test_what_is_cancelled_goes_back_less_the_fee(till: Till) -> None:
    booking, _ = await till.paid()
    await till.desk.step(booking, "cancel")
    await till.work(booking)
    await till.work(booking)

    (refund,) = await till.refunds(booking)
    assert refund["state"] == "succeeded"
    assert await till.money(booking) == {"owed": 0, "paid": 0, "due": 0}


async def test_money_set_aside_confirms_and_is_taken_later(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking, manual_capture=True)
    await till.choose(begun, "success")
    back = await till.come_back(begun)
    captured = await till.desk.post(
        f"/v1/payments/{begun.json()['payment']['id']}/capture",
        {"amount_minor": 4900},
        headers={"If-Match": back.headers["ETag"]},
    )
    taken = await till.come_back(begun)

    assert back.json()["payment"]["state"] == "authorised"
    assert (await till.booking(booking)).json()["state"] == "confirmed"
    assert (captured.status_code, captured.json()["step"]) == (202, "capture")
    assert taken.json()["payment"]["captured"]["minor"] == 4900
    assert await till.money(booking) == {"owed": PRICE, "paid": 4900, "due": PRICE - 4900}


async def test_cash_confirms_as_well(till: Till) -> None:
    booking = await till.held()
    path = f"/v1/bookings/{booking.json()['id']}/payments/by-hand"
    cash = {"method": "cash", "amount_minor": PRICE, "currency": "EUR"}
    too_much = await till.desk.post(path, {**cash, "amount_minor": PRICE + 1})
    taken = await till.desk.post(path, cash)

    assert problem(too_much) == (422, "more_than_is_owed")
    assert taken.json()["state"] == "captured"
    assert (await till.booking(booking)).json()["state"] == "confirmed"


async def test_part_of_it_is_let_off(till: Till) -> None:
    booking, begun = await till.paid()
    path = f"/v1/payments/{begun.json()['payment']['id']}/refunds"
    asked = await till.desk.post(path, {"amount_minor": 2500, "reason": "rain"})
    too_much = await till.desk.post(path, {"amount_minor": PRICE})
    await till.desk.post(
        f"/v1/refunds/{asked.json()['id']}/approve", headers={"If-Match": asked.headers["ETag"]}
    )
    await till.work(booking)

    assert asked.json()["state"] == "requested"
    assert problem(too_much) == (409, "too_much_to_refund")
    assert await till.money(booking) == {"owed": PRICE, "paid": PRICE - 2500, "due": 0}
    assert (await till.booking(booking)).json()["state"] == "confirmed"


async def _expire(till: Till) -> None:
    till.desk.clock.passes(timedelta(hours=2))
    expire = till.desk.container.bookings.expire_holds()
    assert await expire(ExpireHolds(actor=till.desk.actor)) == 1


async def test_what_nobody_has_signed_is_refused(till: Till) -> None:
    path = "/v1/provider-events/simulator/desk"
    for headers in ({}, {"Stripe-Signature": "t=1,v1=00"}):
        refused = await till.desk.nobody().post(path, {}, key="", headers=headers)
        assert problem(refused) == (403, "bad_provider_signature")
