"""Decide about a payment that looks suspicious: it goes on, or it never begins."""

import attrs

from application.bookings.payable import hold_longer, must_be_payable
from application.bookings.payment_ports import SettlementWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from application.payments.carry_on_payment import CarryOnPayment
from domain.bookings.holding import HoldPolicy
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId
from domain.payments.payment import Payment
from domain.payments.reviewing import NOT_ACCEPTED, approved, declined


@attrs.frozen(kw_only=True)
class ReviewStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    payment_id: PaymentId
    version: int | None
    note: str = ""
    once: Once[Payment] | None = None


@attrs.frozen(kw_only=True)
class ApprovePayment(ReviewStep):
    """Go on with it."""


@attrs.frozen(kw_only=True)
class DeclinePayment(ReviewStep):
    """Have none of it."""


@attrs.frozen(kw_only=True)
class ApprovePaymentHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    clock: Clock
    policy: HoldPolicy

    async def __call__(self, command: ApprovePayment, /) -> Payment:
        """Raises PaymentNotParked, and what a booking raises that cannot be paid for any more."""

        def approve(work: SettlementWork) -> Payment:
            payment, now = work.payments.get(command.payment_id), self.clock()
            require_version(payment.version, command.version)
            after = approved(payment, by=command.actor.id, note=command.note, now=now)
            booking = work.bookings.get(payment.booking_id)
            must_be_payable(booking)
            hold_longer(work, booking, self.policy, now=now)
            work.jobs.enqueue(CarryOnPayment.job(payment.id))
            return work.payments.save(after)

        return await self.unit_of_work(command.actor, approve, once=command.once)


@attrs.frozen(kw_only=True)
class DeclinePaymentHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    clock: Clock

    async def __call__(self, command: DeclinePayment, /) -> Payment:
        """The customer may pay in another way while it is held. Raises PaymentNotParked."""

        def decline(work: SettlementWork) -> Payment:
            payment = work.payments.get(command.payment_id)
            require_version(payment.version, command.version)
            now = self.clock()
            after = declined(payment, by=command.actor.id, note=command.note, now=now)
            for share in work.payments.locked_with(payment.id):
                if share.id != payment.id:
                    work.payments.save(share.refused(NOT_ACCEPTED, now=now))
            return work.payments.save(after)

        return await self.unit_of_work(command.actor, decline, once=command.once)
