"""What was paid and is not owed goes back: once, and above a limit with a second pair of eyes."""

import pytest

from application.payments.refund_steps import (
    ApproveRefund,
    PaidRefund,
    RejectRefund,
    RetryRefund,
)
from domain.kernel.actors import SYSTEM
from domain.kernel.money import CurrenciesDiffer, Money
from domain.payments.ledger import Account
from domain.payments.payment import Method
from domain.payments.provider import DisputeStatus, ProviderStatus, RefundStatus
from domain.payments.refunds import RefundState
from domain.payments.refusals import (
    MoreThanIsOwed,
    NotByHand,
    PaymentDisputed,
    RefundNotPossible,
    SecondPersonNeeded,
    TooMuchToRefund,
    WrongMethod,
)
from tests.samples import DAY, DESK, pounds
from tests.samples_of_payments import NOTHING, PRICE
from tests.unit.cashier import Cashier
from tests.unit.refunding import ask_for, sold, step, take

pytestmark = pytest.mark.anyio

SOME_DAYS_BEFORE = 7 * DAY  # half is given back from a week to three days before


async def test_what_is_cancelled_goes_back_once_but_for_its_fee() -> None:
    cashier, booking = await sold()
    cashier.desk.clock.passes(SOME_DAYS_BEFORE)
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()
    for _ in range(2):
        await cashier.settles(booking)

    (refund,) = cashier.refunds(booking)
    assert (refund.state, refund.amount, refund.reason) == (
        RefundState.SUCCEEDED,
        pounds(90),
        "cancelled",
    )
    assert cashier.balances(booking) == {Account.CLEARING: 90, Account.SALES: -90}
    cashier.must_balance()


async def test_above_the_limit_it_waits_for_a_second_person() -> None:
    cashier, booking = await sold()
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()
    (refund,) = cashier.refunds(booking)
    assert (refund.state, refund.amount) == (RefundState.REQUESTED, PRICE)
    assert cashier.balances(booking) == {Account.CLEARING: 180, Account.REFUNDS: -180}

    with pytest.raises(SecondPersonNeeded):
        await cashier.till.approve(step(ApproveRefund, refund, actor=DESK))
    await cashier.till.approve(step(ApproveRefund, refund))
    await cashier.works_off()

    assert [one.state for one in cashier.refunds(booking)] == [RefundState.SUCCEEDED]
    assert cashier.balances(booking) == {}


async def test_what_was_rejected_is_not_asked_for_again() -> None:
    cashier, booking = await sold()
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()
    (refund,) = cashier.refunds(booking)
    await cashier.till.reject(step(RejectRefund, refund, note="fraud"))
    await cashier.settles(booking)

    assert [one.state for one in cashier.refunds(booking)] == [RefundState.REJECTED]
    assert cashier.balances(booking) == {Account.CLEARING: 180, Account.DEPOSITS: -180}
    cashier.must_balance()


@pytest.mark.parametrize("by", [SYSTEM, DESK.id])
async def test_a_company_that_cancels_gives_all_of_it_back_by_itself(by: object) -> None:
    cashier, booking = await sold()
    cashier.desk.clock.passes(10 * DAY)

    def cancel(work: object) -> None:
        stored = work.bookings.get(booking.id)  # type: ignore[attr-defined]
        cancelled = stored.cancel_by_company(reason="flooded", now=cashier.desk.clock())
        work.bookings.save(cancelled)  # type: ignore[attr-defined]

    await cashier.desk.memory(DESK, cancel)
    cashier.by = by  # type: ignore[assignment]
    await cashier.works_off()

    (refund,) = cashier.refunds(booking)
    assert (refund.state, refund.amount) == (RefundState.SUCCEEDED, PRICE)
    assert cashier.balances(booking) == {}


async def test_what_was_paid_too_much_goes_back_and_the_booking_stays() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    await take(cashier, booking, pounds(180), Method.CASH)
    assert cashier.state(booking) == "confirmed"
    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    await cashier.comes_back(payment)
    await cashier.works_off()

    (refund,) = cashier.refunds(booking)
    assert (refund.amount, refund.reason) == (PRICE, "paid too much")
    assert cashier.state(booking) == "confirmed"
    assert cashier.balances(booking).get(Account.DEPOSITS) is None


async def test_what_is_asked_for_leaves_the_booking_alone_and_is_let_off() -> None:
    cashier, booking = await sold()
    refund = await ask_for(cashier, booking, pounds(50), fee=pounds(5))
    await cashier.till.approve(step(ApproveRefund, refund))
    await cashier.works_off()
    await cashier.settles(booking)

    assert cashier.state(booking) == "confirmed"
    assert cashier.gateway.given_back("pi_1") == pounds(45)
    assert cashier.balances(booking) == {
        Account.CLEARING: 135,
        Account.SALES: -180,
        Account.ALLOWANCES: 50,
        Account.REFUND_FEES: -5,
    }
    cashier.must_balance()


async def test_no_more_is_asked_for_than_was_paid_counting_what_is_under_way() -> None:
    cashier, booking = await sold()
    await ask_for(cashier, booking, pounds(100))

    with pytest.raises(TooMuchToRefund) as refused:
        await ask_for(cashier, booking, pounds(81))
    assert refused.value.refundable == pounds(80)


async def test_what_fails_waits_for_somebody_and_goes_back_by_hand() -> None:
    cashier, booking = await sold()
    refund = await ask_for(cashier, booking, pounds(50))
    cashier.gateway.refuses = "expired_card"
    await cashier.till.approve(step(ApproveRefund, refund))
    await cashier.works_off()
    assert [one.state for one in cashier.refunds(booking)] == [RefundState.FAILED]

    with pytest.raises(RefundNotPossible):
        await cashier.till.paid(step(PaidRefund, refund))
    await cashier.till.retry(step(RetryRefund, refund, method=Method.BANK_TRANSFER))
    await cashier.works_off()
    await cashier.till.paid(step(PaidRefund, refund))

    assert [one.state for one in cashier.refunds(booking)] == [RefundState.SUCCEEDED]
    assert cashier.gateway.refunds == {}
    assert cashier.balances(booking)[Account.BANK] == -50
    cashier.must_balance()


async def test_what_comes_back_days_later_is_owed_to_the_customer_again() -> None:
    cashier, booking = await sold()
    refund = await ask_for(cashier, booking, pounds(50))
    await cashier.till.approve(step(ApproveRefund, refund))
    await cashier.works_off()
    cashier.gateway.gives_back(refund.id, RefundStatus.FAILED)
    await cashier.is_told_all()
    await cashier.works_off()
    assert cashier.balances(booking)[Account.REFUNDS] == -50

    await cashier.till.retry(step(RetryRefund, refund, method=Method.ONLINE))
    await cashier.is_told_all()
    await cashier.works_off()

    assert [one.state for one in cashier.refunds(booking)] == [RefundState.SUCCEEDED]
    assert cashier.gateway.given_back("pi_1") == pounds(50)
    cashier.must_balance()


async def test_an_answer_about_a_refund_that_is_lost_gives_nothing_back_twice() -> None:
    cashier, booking = await sold()
    refund = await ask_for(cashier, booking, pounds(50))
    cashier.gateway.loses = 2
    await cashier.till.approve(step(ApproveRefund, refund))
    for _ in range(3):
        await cashier.works_off()
    await cashier.asks_about_silent()

    assert [one.state for one in cashier.refunds(booking)] == [RefundState.SUCCEEDED]
    assert len(cashier.gateway.refunds) == 1


async def test_nothing_goes_back_during_a_dispute_and_what_is_lost_is_owed_again() -> None:
    cashier, booking = await sold()
    (payment,) = cashier.payments(booking)
    cashier.gateway.disputes(payment.id, DisputeStatus.NEEDS_RESPONSE, withdrawn=pounds(195))
    await cashier.is_told_all()
    await cashier.works_off()
    with pytest.raises(PaymentDisputed):
        await ask_for(cashier, booking, pounds(1))
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()
    assert cashier.refunds(booking) == []

    cashier.gateway.disputes(payment.id, DisputeStatus.LOST, withdrawn=pounds(195))
    await cashier.is_told(len(cashier.gateway.said) - 1)
    await cashier.works_off()
    await cashier.settles(booking)

    assert cashier.refunds(booking) == []
    assert cashier.balances(booking) == {Account.CLEARING: -15, Account.PROVIDER_FEES: 15}


async def test_what_was_cancelled_during_a_dispute_goes_back_once_that_is_won() -> None:
    cashier, booking = await sold()
    (payment,) = cashier.payments(booking)
    cashier.gateway.disputes(payment.id, DisputeStatus.NEEDS_RESPONSE, withdrawn=pounds(195))
    await cashier.is_told_all()
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()
    assert cashier.refunds(booking) == []

    cashier.gateway.disputes(payment.id, DisputeStatus.WON, withdrawn=pounds(15))
    await cashier.is_told(len(cashier.gateway.said) - 1)
    await cashier.works_off()

    assert [one.amount for one in cashier.refunds(booking)] == [PRICE]


async def test_what_is_lost_in_a_dispute_is_owed_again() -> None:
    cashier, booking = await sold()
    (payment,) = cashier.payments(booking)
    cashier.gateway.disputes(payment.id, DisputeStatus.LOST, withdrawn=pounds(180))
    await cashier.is_told(len(cashier.gateway.said) - 1)
    await cashier.works_off()

    assert cashier.balances(booking) == {Account.RECEIVABLE: 180, Account.SALES: -180}


async def test_a_dispute_of_what_nobody_has_heard_of_yet_is_not_lost() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    cashier.gateway.disputes(payment.id, DisputeStatus.LOST, withdrawn=pounds(195))
    await cashier.is_told(len(cashier.gateway.said) - 1)
    await cashier.works_off()
    await cashier.is_told_all()
    await cashier.works_off()

    (stored,) = cashier.payments(booking)
    assert (stored.captured, stored.refundable) == (PRICE, NOTHING)
    assert cashier.balances(booking)[Account.CLEARING] == -15


async def test_what_came_by_hand_is_no_more_than_is_owed_and_goes_back_by_hand() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    with pytest.raises(MoreThanIsOwed):
        await take(cashier, booking, pounds(181), Method.CASH)
    with pytest.raises(NotByHand):
        await take(cashier, booking, PRICE, Method.ONLINE)
    with pytest.raises(CurrenciesDiffer):
        await take(cashier, booking, Money(100, "EUR"), Method.CASH)
    await take(cashier, booking, PRICE, Method.BANK_TRANSFER)
    assert cashier.state(booking) == "confirmed"

    with pytest.raises(WrongMethod):
        await ask_for(cashier, booking, pounds(10))
    refund = await ask_for(cashier, booking, pounds(10), method=Method.CASH)
    await cashier.till.approve(step(ApproveRefund, refund))
    await cashier.works_off()
    assert [one.state for one in cashier.refunds(booking)] == [RefundState.APPROVED]


async def test_what_was_paid_for_a_hold_that_has_expired_goes_back_by_itself() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    await take(cashier, booking, pounds(150), Method.CASH)
    assert cashier.state(booking) == "held"
    cashier.desk.clock.passes(DAY)
    await cashier.desk.expire_holds()
    await cashier.works_off()

    (refund,) = cashier.refunds(booking)
    assert (refund.state, refund.amount) == (RefundState.APPROVED, pounds(150))


async def test_many_small_ones_are_a_large_one() -> None:
    cashier, booking = await sold()
    one, other = [await ask_for(cashier, booking, pounds(60)) for _ in range(2)]

    with pytest.raises(SecondPersonNeeded):
        await cashier.till.approve(step(ApproveRefund, one, actor=DESK))
    await cashier.till.approve(step(ApproveRefund, other))
