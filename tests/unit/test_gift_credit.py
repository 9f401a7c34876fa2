"""Gift credit: issued, used as far as it goes, given back to, and never below nothing."""

from datetime import datetime

import attrs
import pytest

from application.bookings.use_gift_credit import UseGiftCredit
from application.payments.issue_gift_credit import IssuedGiftCredit, IssueGiftCredit
from application.payments.refund_steps import ApproveRefund, PaidRefund
from domain.bookings.booking import Booking
from domain.kernel.money import Money
from domain.payments.gift_credit import (
    BadGiftCredit,
    GiftCreditUsedUp,
    PaidBy,
    UnknownGiftCode,
)
from domain.payments.ledger import Account
from domain.payments.payment import Method, Payment
from domain.payments.refusals import MoreThanIsOwed, NotByHand, NothingToPay, WrongMethod
from tests.samples import DAY, DESK, NOW, SECOND, pounds
from tests.samples_of_payments import NOTHING, PRICE
from tests.unit.cashier import Cashier
from tests.unit.refunding import ask_for, sold, step, take

pytestmark = pytest.mark.anyio


async def issue(
    cashier: Cashier, amount: Money, *, expires_at: datetime | None = None
) -> IssuedGiftCredit:
    command = IssueGiftCredit(
        actor=DESK, amount=amount, paid_by=PaidBy.CASH, expires_at=expires_at
    )
    issued: IssuedGiftCredit = await cashier.till.issue(command)
    return issued


async def use(
    cashier: Cashier, booking: Booking, code: str, amount_minor: int | None = None
) -> Payment:
    command = UseGiftCredit(
        actor=DESK, booking_id=booking.id, code=code, amount_minor=amount_minor
    )
    payment: Payment = await cashier.till.use_gift(command)
    await cashier.works_off()
    return payment


def left(cashier: Cashier) -> Money:
    (credit,) = cashier.rows.gift_credits.values()
    return credit.balance


async def test_it_pays_as_far_as_it_goes_and_the_rest_is_paid_otherwise() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    issued = await issue(cashier, pounds(100))
    payment = await use(cashier, booking, issued.code)
    assert (payment.amount, payment.method) == (pounds(100), Method.GIFT_CREDIT)
    assert (cashier.state(booking), left(cashier)) == ("held", NOTHING)
    await take(cashier, booking, pounds(80), Method.CASH)

    assert cashier.state(booking) == "confirmed"
    assert cashier.balances(booking) == {
        Account.GIFT_CREDIT: 100,
        Account.CASH: 80,
        Account.SALES: -180,
    }
    assert cashier.books(booking.id).paid == PRICE


async def test_more_than_is_left_is_not_used() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    issued = await issue(cashier, pounds(100))

    with pytest.raises(GiftCreditUsedUp):
        await use(cashier, booking, issued.code, 10_001)
    assert left(cashier) == pounds(100)


async def test_what_is_left_is_good_for_another_booking() -> None:
    cashier = await Cashier.open(capacity=2)
    issued = await issue(cashier, pounds(200))
    first, second = await cashier.held(), await cashier.held()
    await use(cashier, first, issued.code)
    await use(cashier, second, issued.code.lower().replace("-", " "))

    assert (cashier.state(first), cashier.state(second)) == ("confirmed", "held")
    assert left(cashier) == NOTHING


async def test_part_of_it_is_used_if_that_is_asked_for() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    issued = await issue(cashier, pounds(500))
    await use(cashier, booking, issued.code, 3_000)
    assert left(cashier) == pounds(470)

    with pytest.raises(MoreThanIsOwed):
        await use(cashier, booking, issued.code, 15_001)
    await use(cashier, booking, issued.code)
    with pytest.raises(NothingToPay):
        await use(cashier, booking, issued.code)
    assert left(cashier) == pounds(320)


async def test_what_is_not_owed_any_more_goes_back_to_the_credit_first() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    issued = await issue(cashier, pounds(60))
    await use(cashier, booking, issued.code)
    await take(cashier, booking, pounds(120), Method.CASH)
    cashier.desk.clock.passes(7 * DAY)  # half of it is kept by now
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()

    amounts = {one.method: one.amount for one in cashier.refunds(booking)}
    assert amounts == {Method.GIFT_CREDIT: pounds(60), Method.CASH: pounds(30)}
    assert left(cashier) == pounds(60)
    assert cashier.balances(booking).get(Account.GIFT_CREDIT) is None
    assert "gift_credit_restored" in [event.name for event in cashier.rows.events]


async def test_a_fee_stays_and_a_person_may_give_it_back_by_hand() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    issued = await issue(cashier, PRICE)
    await use(cashier, booking, issued.code)
    back = await ask_for(cashier, booking, pounds(50), fee=pounds(5), method=Method.GIFT_CREDIT)
    await cashier.till.approve(step(ApproveRefund, back))
    await cashier.works_off()
    assert left(cashier) == pounds(45)

    by_hand = await ask_for(cashier, booking, pounds(10), method=Method.CASH)
    await cashier.till.approve(step(ApproveRefund, by_hand))
    await cashier.till.paid(step(PaidRefund, by_hand))
    assert left(cashier) == pounds(45)
    with pytest.raises(WrongMethod):
        await ask_for(cashier, booking, pounds(10))


async def test_nothing_else_goes_to_a_credit_and_none_is_said_to_be_taken() -> None:
    cashier, booking = await sold()

    with pytest.raises(WrongMethod):
        await ask_for(cashier, booking, pounds(10), method=Method.GIFT_CREDIT)
    with pytest.raises(NotByHand):
        await take(cashier, booking, NOTHING, Method.GIFT_CREDIT)


async def test_it_is_good_until_it_expires() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    issued = await issue(cashier, pounds(100), expires_at=NOW + DAY)
    cashier.desk.clock.passes(DAY - SECOND)
    await use(cashier, booking, issued.code, 100)
    cashier.desk.clock.passes(SECOND)

    for code in (issued.code, "GIFT-0000"):
        with pytest.raises(UnknownGiftCode):
            await use(cashier, booking, code)


async def test_the_code_is_known_to_whoever_was_shown_it() -> None:
    cashier = await Cashier.open()
    issued = await issue(cashier, pounds(100))

    (kept,) = cashier.rows.gift_credits.values()
    assert issued.code not in f"{kept!r}{issued!r}{cashier.rows.events!r}"
    assert attrs.evolve(kept, events=()) == issued.credit


async def test_what_makes_no_sense_is_not_issued() -> None:
    cashier = await Cashier.open()

    for amount, expires_at in ((NOTHING, None), (pounds(1), NOW)):
        with pytest.raises(BadGiftCredit):
            await issue(cashier, amount, expires_at=expires_at)
