"""Ask for money to be given back: the booking stays what it is, whatever becomes of it."""

import attrs

from application.bookings.payment_ports import SettlementWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.payments.taking_note import TakingNote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.payment import Method, Payment
from domain.payments.refunds import Refund


@attrs.frozen(kw_only=True)
class RequestRefund:
    """Of one payment; of what is given back, `fee` is kept."""

    actor: Actor
    payment_id: PaymentId
    amount: Money
    fee: Money
    method: Method
    reason: str
    once: Once[Refund] | None = None


@attrs.frozen(kw_only=True)
class RequestingRefunds:
    """Sets aside what is asked for, so that nobody else gives it back as well."""

    taking_note: TakingNote
    clock: Clock
    new_id: NewId

    def __call__(self, work: SettlementWork, payment: Payment, command: RequestRefund) -> Refund:
        payment.must_go_back_by(command.method)
        set_aside = payment.set_aside(command.amount)
        id = RefundId(self.new_id())
        refund = Refund.request(
            id,
            payment_id=payment.id,
            booking_id=payment.booking_id,
            amount=command.amount,
            fee=command.fee,
            allowance=command.amount - unused(work, payment, command.amount),
            method=command.method,
            reason=command.reason,
            cause=f"requested:{id}",
            by=command.actor.id,
            now=self.clock(),
        )
        work.payments.save(set_aside)
        return self.taking_note.refund(work, None, refund)


@attrs.frozen(kw_only=True)
class RequestRefundHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    requesting: RequestingRefunds

    async def __call__(self, command: RequestRefund, /) -> Refund:
        """Raises TooMuchToRefund, FeeAboveRefund, PaymentDisputed, WrongMethod."""

        def request(work: SettlementWork) -> Refund:
            payment = locked_with_others(work, command.payment_id)
            return self.requesting(work, payment, command)

        return await self.unit_of_work(command.actor, request, once=command.once)


def unused(work: SettlementWork, payment: Payment, amount: Money) -> Money:
    """What of the amount was paid for nothing: the rest of it was owed."""
    books = work.ledger.books_of(payment.booking_id, payment.amount.currency)
    return min(amount, max(books.credit, Money.zero(books.currency)))


def locked_with_others(work: SettlementWork, payment_id: PaymentId) -> Payment:
    """What is credit of a booking is so once, whichever of its payments it goes back to."""
    booking_id = work.payments.get(payment_id).booking_id
    return next(one for one in work.payments.locked_of(booking_id) if one.id == payment_id)
