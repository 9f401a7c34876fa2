"""What comes to nothing is free again; what is disputed stays frozen until all of it is over."""

import pytest

from application.payments.refund_steps import (
    ApproveRefund,
    DropRefund,
    RejectRefund,
)
from domain.payments.ledger import Account
from domain.payments.payment import Method
from domain.payments.provider import DisputeStatus
from domain.payments.refunds import Refund, RefundState
from domain.payments.refusals import PaymentDisputed, RefundNotPossible
from tests.samples import pounds
from tests.samples_of_payments import NOTHING, PRICE
from tests.unit.cashier import Cashier
from tests.unit.refunding import ask_for, sold, step, take

pytestmark = pytest.mark.anyio


async def failed(cashier: Cashier) -> Refund:
    (booking_id,) = cashier.rows.bookings
    refund = await ask_for(cashier, cashier.desk.stored(booking_id), PRICE)
    cashier.gateway.refuses = "expired_card"
    await cashier.till.approve(step(ApproveRefund, refund))
    await cashier.works_off()
    cashier.gateway.refuses = None
    return refund


async def test_what_failed_is_dropped_and_may_be_given_back_in_another_way() -> None:
    cashier, booking = await sold()
    refund = await failed(cashier)
    dropped = await cashier.till.drop(step(DropRefund, refund, note="paid in March"))
    await cashier.works_off()

    assert (dropped.state, dropped.decision) == (RefundState.REJECTED, "paid in March")
    assert cashier.payments(booking)[0].refunding == NOTHING
    assert cashier.balances(booking) == {Account.CLEARING: 180, Account.SALES: -180}
    again = await ask_for(cashier, booking, PRICE, method=Method.CASH)
    assert again.amount == PRICE
    cashier.must_balance()


async def test_what_has_not_failed_is_not_dropped() -> None:
    cashier, booking = await sold()
    refund = await ask_for(cashier, booking, pounds(50))

    with pytest.raises(RefundNotPossible):
        await cashier.till.drop(step(DropRefund, refund, note="no"))
    await cashier.till.reject(step(RejectRefund, refund))
    with pytest.raises(RefundNotPossible):
        await cashier.till.drop(step(DropRefund, refund, note="no"))


async def test_what_is_rejected_is_used_for_what_is_owed() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    await take(cashier, booking, pounds(100), Method.CASH)
    refund = await ask_for(cashier, booking, pounds(60), method=Method.CASH)
    await take(cashier, booking, pounds(140), Method.CASH)
    assert cashier.state(booking) == "confirmed"
    before = cashier.balances(booking)
    await cashier.till.reject(step(RejectRefund, refund, note="no"))
    await cashier.works_off()

    assert before[Account.REFUNDS] == -60
    (back,) = [one for one in cashier.refunds(booking) if one.id != refund.id]
    assert (back.amount, back.reason) == (pounds(60), "paid too much")


async def test_a_second_dispute_that_is_won_does_not_end_the_first() -> None:
    cashier, booking = await sold()
    (payment,) = cashier.payments(booking)
    for times in (1, 2):
        cashier.gateway.disputes(
            payment.id, DisputeStatus.NEEDS_RESPONSE, withdrawn=pounds(90), times=times
        )
    await cashier.is_told_all()
    cashier.gateway.disputes(payment.id, DisputeStatus.WON, withdrawn=NOTHING, times=2)
    await cashier.is_told(len(cashier.gateway.said) - 1)
    await cashier.works_off()

    assert cashier.payments(booking)[0].disputed
    with pytest.raises(PaymentDisputed):
        await ask_for(cashier, booking, pounds(1))
    cashier.gateway.disputes(payment.id, DisputeStatus.WON, withdrawn=NOTHING)
    await cashier.is_told(len(cashier.gateway.said) - 1)
    await cashier.works_off()
    assert not cashier.payments(booking)[0].disputed
