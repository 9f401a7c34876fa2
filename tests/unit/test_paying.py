"""From the wish to pay to what was paid for: confirmed, or given back."""

import attrs
import pytest

from application.bookings.pay_booking import PayBooking
from application.payments.at_the_provider import AtTheProvider
from application.payments.gateway import NoPaymentProvider, PaymentProviderDown
from domain.kernel.money import Money
from domain.payments.ledger import Account
from domain.payments.payment import PaymentState
from domain.payments.provider import ProviderStatus
from domain.payments.refunds import RefundState
from domain.payments.refusals import NothingToPay, PaymentOpen
from tests.fakes.gateway import FakeGateways
from tests.samples import DESK, HOUR, MINUTE, NOW, QUARTER, pounds
from tests.samples_of_payments import PRICE
from tests.unit.cashier import Cashier

pytestmark = pytest.mark.anyio

ACTION, TAKEN = ProviderStatus.REQUIRES_ACTION, ProviderStatus.SUCCEEDED
PAID_IN_FULL = {Account.CLEARING: 180, Account.SALES: -180}


async def test_who_proves_who_pays_has_what_was_held() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    assert (payment.state, payment.amount) == (PaymentState.REQUIRES_METHOD, PRICE)

    cashier.gateway.becomes(payment.id, ACTION)
    await cashier.is_told_all()
    await cashier.works_off()
    assert cashier.state(booking) == "held"
    cashier.gateway.becomes(payment.id, TAKEN)
    await cashier.is_told_all()
    await cashier.works_off()

    assert cashier.state(booking) == "confirmed"
    assert cashier.balances(booking) == PAID_IN_FULL
    cashier.must_balance()


async def test_the_customer_who_comes_back_is_as_good_as_the_provider_who_tells() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, TAKEN)

    await cashier.comes_back(payment)
    await cashier.works_off()

    assert cashier.state(booking) == "confirmed"


async def test_what_is_paid_is_gone_on_with_and_never_twice() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)

    assert (await cashier.pay(booking)).id == payment.id
    with pytest.raises(PaymentOpen):
        await cashier.pay(booking, manual_capture=True)
    cashier.gateway.becomes(payment.id, TAKEN)
    await cashier.comes_back(payment)
    await cashier.works_off()

    with pytest.raises(NothingToPay):
        await cashier.pay(booking)
    assert len(cashier.gateway.payments) == 1


async def test_who_pays_has_the_hold_begin_anew_once() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    cashier.desk.clock.passes(10 * MINUTE)
    await cashier.pay(booking)
    cashier.desk.clock.passes(4 * MINUTE)
    await cashier.pay(booking)

    assert cashier.desk.stored(booking.id).expires_at == NOW + 10 * MINUTE + QUARTER


async def test_a_provider_that_is_down_loses_nothing() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    cashier.gateway.down = True
    with pytest.raises(PaymentProviderDown):
        await cashier.pay(booking)
    (stored,) = cashier.payments(booking)
    assert (stored.state, cashier.state(booking)) == (PaymentState.CREATED, "held")

    cashier.gateway.down = False
    payment = await cashier.pay(booking)

    assert payment.id == stored.id
    assert len(cashier.gateway.payments) == 1


async def test_an_answer_that_is_lost_is_found_under_the_same_key() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    cashier.gateway.loses = 1
    with pytest.raises(PaymentProviderDown):
        await cashier.pay(booking)

    payment = await cashier.pay(booking)

    assert payment.provider_reference == "pi_1"
    assert cashier.gateway.asked == [f"start:{payment.id}"] * 2
    assert len(cashier.gateway.payments) == 1


async def test_what_was_lost_altogether_is_asked_about() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    cashier.gateway.loses = 1
    with pytest.raises(PaymentProviderDown):
        await cashier.pay(booking)
    (stored,) = cashier.payments(booking)
    cashier.gateway.becomes(stored.id, TAKEN)

    assert await cashier.asks_about_silent() == 1
    await cashier.asks_about_silent()

    assert cashier.state(booking) == "confirmed"
    assert await cashier.asks_about_silent() == 0
    cashier.must_balance()


async def test_a_payment_the_provider_refuses_has_failed_for_good() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    cashier.gateway.refuses = "amount_too_small"

    payment = await cashier.pay(booking)
    await cashier.comes_back(payment)

    assert (payment.state, payment.failure) == (PaymentState.FAILED, "amount_too_small")
    assert cashier.gateway.payments == {}
    another = await cashier.pay(booking)
    assert (another.id != payment.id, another.is_open) == (True, True)


async def test_who_takes_no_payments_says_so_before_anything_is_stored() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    handler = attrs.evolve(
        cashier.till.pay.use_case, at_the_provider=AtTheProvider(gateways=FakeGateways(None))
    )

    with pytest.raises(NoPaymentProvider):
        await handler(PayBooking(actor=DESK, booking_id=booking.id))
    assert cashier.payments(booking) == []


async def test_what_is_set_aside_for_us_secures_the_booking_until_it_is_captured() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking, manual_capture=True)
    cashier.gateway.becomes(payment.id, TAKEN)
    await cashier.is_told_all()
    await cashier.works_off()

    assert cashier.state(booking) == "confirmed"
    assert cashier.balances(booking) == {Account.RECEIVABLE: 180, Account.SALES: -180}


async def test_too_late_is_taken_again_while_there_is_room() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, TAKEN)
    cashier.desk.clock.passes(HOUR)
    await cashier.desk.expire_holds()
    assert cashier.state(booking) == "expired"

    await cashier.is_told_all()
    await cashier.works_off()

    assert cashier.state(booking) == "confirmed"
    assert cashier.balances(booking) == PAID_IN_FULL


async def test_too_late_and_sold_meanwhile_is_given_back_in_full_once() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, TAKEN)
    cashier.desk.clock.passes(HOUR)
    await cashier.desk.confirmed()
    await cashier.is_told_all()
    for _ in range(3):
        await cashier.settles(booking)

    (refund,) = cashier.refunds(booking)
    assert cashier.state(booking) == "expired"
    assert (refund.state, refund.paid_out, refund.reason) == (
        RefundState.SUCCEEDED,
        PRICE,
        "paid too late",
    )
    assert cashier.balances(booking) == {}
    cashier.must_balance()


async def test_what_is_about_to_be_given_back_is_not_taken_again() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, TAKEN)
    cashier.desk.clock.passes(HOUR)
    other = await cashier.desk.confirmed()
    await cashier.comes_back(payment)
    cashier.gateway.loses = 1
    await cashier.works_off()
    assert [one.state for one in cashier.refunds(booking)] == [RefundState.APPROVED]

    await cashier.desk.cancel(other.id)
    await cashier.settles(booking)
    await cashier.works_off()

    assert cashier.state(booking) == "expired"
    assert [one.state for one in cashier.refunds(booking)] == [RefundState.SUCCEEDED]
    assert cashier.balances(booking) == {}


async def test_what_is_let_go_of_is_cancelled_at_the_provider() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    await cashier.desk.release(booking.id)
    await cashier.works_off()

    (stored,) = cashier.payments(booking)
    assert stored.state is PaymentState.CANCELLED
    assert cashier.gateway.of(payment.id).status is ProviderStatus.CANCELED


async def test_what_is_paid_while_it_is_let_go_of_is_confirmed_again_or_given_back() -> None:
    for somebody_else in (0, 1):
        cashier = await Cashier.open()
        booking = await cashier.held()
        payment = await cashier.pay(booking)
        await cashier.desk.release(booking.id)
        if somebody_else:
            await cashier.desk.confirmed()
        cashier.gateway.becomes(payment.id, TAKEN)
        await cashier.works_off()
        await cashier.is_told_all()
        await cashier.works_off()

        assert cashier.state(booking) == ("released" if somebody_else else "confirmed")
        assert len(cashier.refunds(booking)) == somebody_else
        cashier.must_balance()


async def test_amounts_are_never_the_callers_to_say() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking, in_full=True)

    assert payment.amount == PRICE == Money(18_000, "GBP") == pounds(180)


async def test_who_walks_away_is_not_asked_about_for_ever() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.desk.clock.passes(22 * HOUR)
    assert await cashier.asks_about_silent() == 1
    assert cashier.payments(booking)[0].state is PaymentState.REQUIRES_METHOD

    cashier.desk.clock.passes(HOUR)
    assert await cashier.asks_about_silent() == 1
    (there,) = cashier.gateway.payments.values()
    assert (there.payment_id, there.status) == (payment.id, ProviderStatus.CANCELED)
    assert cashier.payments(booking)[0].state is PaymentState.CANCELLED
    assert await cashier.asks_about_silent() == 0


async def test_what_nobody_ever_heard_of_has_failed_before_its_key_is_forgotten() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    cashier.gateway.down = True
    with pytest.raises(PaymentProviderDown):
        await cashier.pay(booking)
    cashier.desk.clock.passes(23 * HOUR)
    await cashier.asks_about_silent()
    cashier.gateway.down = False
    await cashier.asks_about_silent()

    assert cashier.payments(booking)[0].state is PaymentState.FAILED
    assert cashier.gateway.payments == {}
