"""A payment that looks suspicious waits for somebody, and the provider hears nothing of it."""

import attrs
import pytest

from application.bookings.review_payment import ApprovePayment, DeclinePayment
from application.kernel.refusals import VersionChanged
from domain.bookings.life import HoldExpired
from domain.kernel.money import Money
from domain.payments.abuse import Review, Ruling, Signal
from domain.payments.payment import Payment, PaymentState
from domain.payments.provider import ProviderStatus
from domain.payments.refusals import PaymentNotParked
from tests.fakes.abuse import FakeRecent
from tests.samples import DESK, HOUR, MINUTE, NOW, QUARTER, pounds
from tests.unit.cashier import Cashier

pytestmark = pytest.mark.anyio

OFTEN = 9
TOO_OFTEN = FakeRecent(by_customer=OFTEN)


async def suspicious(recent: FakeRecent = TOO_OFTEN) -> Cashier:
    cashier = await Cashier.open()
    cashier.till = attrs.evolve(cashier.till, recent=recent)
    return cashier


def approve(payment: Payment, *, version: int | None = None) -> ApprovePayment:
    return ApprovePayment(actor=DESK, payment_id=payment.id, version=version, note="known")


def decline(payment: Payment) -> DeclinePayment:
    return DeclinePayment(actor=DESK, payment_id=payment.id, version=None)


async def test_it_is_parked_and_the_provider_is_not_asked() -> None:
    cashier = await suspicious()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    again = await cashier.pay(booking)
    await cashier.comes_back(payment)

    assert (payment.state, payment.review) == (PaymentState.CREATED, Review.PENDING)
    assert again.id == payment.id
    assert payment.check is not None
    assert [one.signal for one in payment.check.reasons] == [Signal.EMAIL_VELOCITY]
    assert payment.started_by == DESK.id
    assert cashier.gateway.asked == []


async def test_once_somebody_approves_it_goes_on_like_any_other() -> None:
    cashier = await suspicious()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.desk.clock.passes(5 * MINUTE)
    approved = await cashier.till.approve_payment(approve(payment))
    await cashier.works_off()

    assert approved.check is not None
    assert (approved.review, approved.check.decided_by) == (Review.APPROVED, DESK.id)
    assert cashier.desk.stored(booking.id).expires_at == NOW + 5 * MINUTE + QUARTER
    assert cashier.gateway.asked == [f"start:{payment.id}"]
    assert (await cashier.pay(booking)).id == payment.id
    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    await cashier.comes_back(payment)
    await cashier.works_off()
    assert cashier.state(booking) == "confirmed"


async def test_what_is_declined_is_never_begun_and_nobody_is_told_why() -> None:
    cashier = await suspicious()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    declined = await cashier.till.decline_payment(decline(payment))
    await cashier.works_off()

    assert (declined.state, declined.failure) == (PaymentState.FAILED, "not_accepted")
    assert cashier.gateway.asked == []
    assert cashier.state(booking) == "held"
    with pytest.raises(PaymentNotParked):
        await cashier.till.decline_payment(decline(payment))
    with pytest.raises(PaymentNotParked):
        await cashier.till.approve_payment(approve(payment))


async def test_what_is_far_too_suspicious_fails_at_once() -> None:
    cashier = await suspicious(FakeRecent(by_customer=OFTEN, usual=pounds(60)))
    booking = await cashier.held()
    payment = await cashier.pay(booking)

    assert payment.check is not None
    assert (payment.check.ruling, payment.review) == (Ruling.BLOCK, Review.BLOCKED)
    assert (payment.state, payment.failure) == (PaymentState.FAILED, "not_accepted")
    assert cashier.gateway.asked == []


async def test_what_cannot_be_checked_waits_for_somebody() -> None:
    cashier = await suspicious(FakeRecent(broken=True))
    payment = await cashier.pay(await cashier.held())

    assert payment.check is not None
    assert payment.is_parked
    assert [one.signal for one in payment.check.reasons] == [Signal.NOT_CHECKED]


async def test_what_is_seen_is_what_is_decided_on() -> None:
    cashier = await suspicious()
    payment = await cashier.pay(await cashier.held())

    with pytest.raises(VersionChanged):
        await cashier.till.approve_payment.use_case(approve(payment, version=0))


async def test_what_is_not_held_any_more_is_not_approved() -> None:
    cashier = await suspicious()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.desk.clock.passes(HOUR)
    await cashier.desk.expire_holds()

    with pytest.raises(HoldExpired):
        await cashier.till.approve_payment(approve(payment))
    assert cashier.payments(booking)[0].is_parked


async def test_what_is_let_go_of_ends_without_the_provider() -> None:
    cashier = await suspicious()
    booking = await cashier.held()
    await cashier.pay(booking)
    await cashier.desk.release(booking.id)
    await cashier.works_off()

    assert cashier.payments(booking)[0].state is PaymentState.CANCELLED
    assert cashier.gateway.asked == []


async def test_nobody_asks_about_it_until_it_is_given_up() -> None:
    cashier = await suspicious()
    booking = await cashier.held()
    await cashier.pay(booking)
    cashier.desk.clock.passes(22 * HOUR)
    assert await cashier.asks_about_silent() == 0

    cashier.desk.clock.passes(HOUR)
    await cashier.asks_about_silent()
    assert cashier.payments(booking)[0].state is PaymentState.FAILED
    assert cashier.gateway.asked == []


async def test_an_amount_like_any_other_goes_on() -> None:
    cashier = await suspicious(FakeRecent(by_customer=1, by_actor=1, usual=Money(18_000, "GBP")))
    payment = await cashier.pay(await cashier.held())

    assert (payment.review, payment.state) == (None, PaymentState.REQUIRES_METHOD)
