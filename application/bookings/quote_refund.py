"""Promise what giving back part of a payment comes to, and give it back as promised."""

from datetime import timedelta

import attrs

from application.bookings.payment_ports import SettlementWork
from application.bookings.request_refund import (
    RequestingRefunds,
    RequestRefund,
    locked_with_others,
    unused,
)
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.refund_quotes import RefundQuote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId, QuoteId
from domain.kernel.money import Money
from domain.payments.payment import Method
from domain.payments.refunds import Refund, must_leave_something


@attrs.frozen(kw_only=True)
class QuoteRefund:
    actor: Actor
    payment_id: PaymentId
    amount: Money
    fee: Money
    once: Once[RefundQuote] | None = None


@attrs.frozen(kw_only=True)
class ConfirmRefundQuote:
    """It goes back the way it came if there is no `method`."""

    actor: Actor
    payment_id: PaymentId
    quote_id: QuoteId
    method: Method | None = None
    reason: str = ""
    once: Once[Refund] | None = None


@attrs.frozen(kw_only=True)
class QuoteRefundHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    clock: Clock
    new_id: NewId
    good_for: timedelta

    async def __call__(self, command: QuoteRefund, /) -> RefundQuote:
        """Raises what asking for it would raise."""

        def quote(work: SettlementWork) -> RefundQuote:
            payment = work.payments.get(command.payment_id)
            payment.set_aside(command.amount)
            must_leave_something(command.amount, command.fee)
            promised = RefundQuote.promise(
                QuoteId(self.new_id()),
                work.bookings.get(payment.booking_id),
                payment_id=payment.id,
                payment_version=payment.version,
                amount=command.amount,
                fee=command.fee,
                unused=unused(work, payment, command.amount),
                now=self.clock(),
                good_for=self.good_for,
            )
            work.refund_quotes.add(promised)
            return promised

        return await self.unit_of_work(command.actor, quote, once=command.once)


@attrs.frozen(kw_only=True)
class ConfirmRefundQuoteHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    requesting: RequestingRefunds
    clock: Clock

    async def __call__(self, command: ConfirmRefundQuote, /) -> Refund:
        """Raises QuoteNotFound, QuoteExpired, QuoteOutdated or RefundQuoteOutdated: it is good
        for the booking and the payment as they were, so that it is confirmed once at the most.
        """

        def confirm(work: SettlementWork) -> Refund:
            quote = work.refund_quotes.get(command.quote_id)
            if quote.payment_id != command.payment_id:
                raise QuoteNotFound(command.quote_id)
            booking = work.bookings.locked(quote.booking_id)
            payment = locked_with_others(work, quote.payment_id)
            quote.must_hold(booking, payment.version, now=self.clock())
            request = RequestRefund(
                actor=command.actor,
                payment_id=payment.id,
                amount=quote.amount,
                fee=quote.fee,
                method=command.method or payment.method,
                reason=command.reason,
            )
            return self.requesting(work, payment, request)

        return await self.unit_of_work(command.actor, confirm, once=command.once)
