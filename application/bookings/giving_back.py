"""Give back what was paid and is not owed."""

from collections.abc import Iterator, Sequence

import attrs

from application.bookings.payment_ports import SettlementWork
from application.kernel.ports import Clock, NewId
from application.payments.carry_on_refund import CarryOnRefund
from application.payments.taking_note import TakingNote
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.kernel.actors import SYSTEM
from domain.kernel.identifiers import ActorId, RefundId
from domain.kernel.money import Money
from domain.payments.payment import Method, Payment
from domain.payments.refunds import Refund


@attrs.frozen(kw_only=True)
class GivingBack:
    """Above `alone_up_to_minor`, what somebody at the desk has caused waits for a second person.

    What the program itself has to give back (a company that cancels, a payment that came too
    late) waits for nobody.
    """

    taking_note: TakingNote
    new_id: NewId
    clock: Clock
    alone_up_to_minor: int

    def surplus(
        self,
        work: SettlementWork,
        booking: Booking,
        payments: Sequence[Payment],
        surplus: Money,
        *,
        by: ActorId,
    ) -> None:
        """The payments are locked. What is disputed, or was refused before, is left alone."""
        cause = f"{booking.state.value}:{booking.version}"
        asked = {
            one.payment_id for one in work.refunds.of_booking(booking.id) if one.cause == cause
        }
        usable = [one for one in payments if one.id not in asked and not one.disputed]
        for payment, amount in _shares(usable, surplus):
            self._refund(work, booking, payment, amount, cause=cause, by=by)

    def _refund(
        self,
        work: SettlementWork,
        booking: Booking,
        payment: Payment,
        amount: Money,
        *,
        cause: str,
        by: ActorId,
    ) -> None:
        now = self.clock()
        refund = Refund.request(
            RefundId(self.new_id()),
            payment_id=payment.id,
            booking_id=booking.id,
            amount=amount,
            fee=Money.zero(amount.currency),
            method=payment.method,
            reason=_reason(booking),
            cause=cause,
            by=by,
            now=now,
        )
        work.payments.save(payment.set_aside(amount))
        if self._waits_for_nobody(booking, amount, by):
            refund = refund.approve(by=SYSTEM, alone_up_to=None, now=now)
            work.jobs.enqueue(CarryOnRefund.job(refund.id))
        self.taking_note.refund(work, None, refund)

    def _waits_for_nobody(self, booking: Booking, amount: Money, by: ActorId) -> bool:
        cancelled = booking.cancellation
        by_company = cancelled is not None and cancelled.by_company
        return by == SYSTEM or by_company or amount.minor <= self.alone_up_to_minor


def _shares(payments: Sequence[Payment], surplus: Money) -> Iterator[tuple[Payment, Money]]:
    """Gift credit first, then the latest payment: that card is the most likely to still exist."""
    left = surplus
    latest_first = reversed(payments)
    for payment in sorted(latest_first, key=lambda one: one.method is not Method.GIFT_CREDIT):
        amount = min(left, payment.refundable)
        if amount.minor > 0:
            yield payment, amount
            left = left - amount


def _reason(booking: Booking) -> str:
    match booking.state:
        case BookingState.CANCELLED:
            return "cancelled"
        case BookingState.CONFIRMED:
            return "paid too much"
        case _:
            return "paid too late"
