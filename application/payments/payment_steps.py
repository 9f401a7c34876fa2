"""Steps in the life of a payment that somebody at the desk asks for; a job takes them."""

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from application.payments.carry_on_payment import CarryOnPayment
from application.payments.ports import PaymentWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId
from domain.kernel.money import Money
from domain.payments.payment import Payment


@attrs.frozen(kw_only=True)
class PaymentStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    payment_id: PaymentId
    version: int | None
    once: Once[Payment] | None = None


@attrs.frozen(kw_only=True)
class CapturePayment(PaymentStep):
    """Take what was authorised, or less: the rest is let go of."""

    amount: Money | None = None


@attrs.frozen(kw_only=True)
class CancelPayment(PaymentStep):
    """Let go of a payment that is not captured."""


@attrs.frozen(kw_only=True)
class CapturePaymentHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    clock: Clock

    async def __call__(self, command: CapturePayment, /) -> Payment:
        def request(work: PaymentWork) -> Payment:
            payment = work.payments.get(command.payment_id)
            require_version(payment.version, command.version)
            requested = payment.request_capture(command.amount, now=self.clock())
            work.jobs.enqueue(CarryOnPayment.job(payment.id))
            return work.payments.save(requested)

        return await self.unit_of_work(command.actor, request, once=command.once)


@attrs.frozen(kw_only=True)
class CancelPaymentHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    clock: Clock

    async def __call__(self, command: CancelPayment, /) -> Payment:
        def request(work: PaymentWork) -> Payment:
            payment = work.payments.get(command.payment_id)
            require_version(payment.version, command.version)
            requested = payment.request_cancel(now=self.clock())
            work.jobs.enqueue(CarryOnPayment.job(payment.id))
            return payment if requested == payment else work.payments.save(requested)

        return await self.unit_of_work(command.actor, request, once=command.once)
