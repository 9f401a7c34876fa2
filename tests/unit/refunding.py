"""Bookings that were paid for, and what is done to give something back."""

from application.bookings.request_refund import RequestRefund
from application.bookings.take_payment import TakePayment
from application.payments.refund_steps import RefundStep
from domain.bookings.booking import Booking
from domain.kernel.money import Money
from domain.payments.payment import Method, Payment
from domain.payments.provider import ProviderStatus
from domain.payments.refunds import Refund
from tests.samples import COLLEAGUE, DESK
from tests.samples_of_payments import NOTHING
from tests.unit.cashier import Cashier


async def sold() -> tuple[Cashier, Booking]:
    """Two nights, confirmed because they were paid."""
    cashier = await Cashier.open()
    booking = await cashier.held()
    await buy(cashier, booking)
    assert cashier.state(booking) == "confirmed"
    return cashier, booking


async def buy(cashier: Cashier, booking: Booking) -> Payment:
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    await cashier.comes_back(payment)
    await cashier.works_off()
    return payment


async def take(cashier: Cashier, booking: Booking, amount: Money, method: Method) -> Payment:
    command = TakePayment(
        actor=DESK, booking_id=booking.id, amount=amount, method=method, note="till 2"
    )
    taken: Payment = await cashier.till.take(command)
    await cashier.works_off()
    return taken


async def ask_for(
    cashier: Cashier,
    booking: Booking,
    amount: Money,
    *,
    fee: Money = NOTHING,
    method: Method = Method.ONLINE,
) -> Refund:
    (payment,) = cashier.payments(booking)
    command = RequestRefund(
        actor=DESK,
        payment_id=payment.id,
        amount=amount,
        fee=fee,
        method=method,
        reason="it rained",
    )
    asked: Refund = await cashier.till.ask_for_refund(command)
    return asked


def step(kind: type[RefundStep], refund: Refund, **members: object) -> RefundStep:
    who = {"actor": COLLEAGUE, "refund_id": refund.id, "version": None}
    return kind(**{**who, **members})  # type: ignore[arg-type]
