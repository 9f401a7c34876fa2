"""Deciding about refunds: approve, reject, try again, say that it was paid by hand."""

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from application.payments.carry_on_refund import CarryOnRefund
from application.payments.ports import PaymentWork
from application.payments.taking_note import TakingNote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money, total
from domain.payments.payment import Method
from domain.payments.refunds import Refund, RefundState


@attrs.frozen(kw_only=True)
class RefundStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    refund_id: RefundId
    version: int | None
    note: str = ""
    once: Once[Refund] | None = None


@attrs.frozen(kw_only=True)
class ApproveRefund(RefundStep):
    """Give back what was asked for."""


@attrs.frozen(kw_only=True)
class RejectRefund(RefundStep):
    """Give nothing back."""


@attrs.frozen(kw_only=True)
class RetryRefund(RefundStep):
    """Try again what has failed, perhaps by hand."""

    method: Method


@attrs.frozen(kw_only=True)
class DropRefund(RefundStep):
    """Give up what has failed."""


@attrs.frozen(kw_only=True)
class PaidRefund(RefundStep):
    """Say that it was given back by hand."""


@attrs.frozen(kw_only=True)
class ApproveRefundHandler:
    """`alone_up_to_minor`: above it, somebody else than who asked for the refund approves."""

    unit_of_work: UnitOfWork[PaymentWork]
    taking_note: TakingNote
    clock: Clock
    alone_up_to_minor: int

    async def __call__(self, command: ApproveRefund, /) -> Refund:
        """Raises SecondPersonNeeded."""

        def approve(work: PaymentWork) -> Refund:
            refund = _seen(work, command)
            limit = Money(self.alone_up_to_minor, refund.amount.currency)
            approved = refund.approve(
                by=command.actor.id,
                alone_up_to=limit,
                asked=_asked_by(work, refund),
                note=command.note,
                now=self.clock(),
            )
            work.jobs.enqueue(CarryOnRefund.job(refund.id))
            return self.taking_note.refund(work, refund, approved)

        return await self.unit_of_work(command.actor, approve, once=command.once)


@attrs.frozen(kw_only=True)
class RejectRefundHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    taking_note: TakingNote
    clock: Clock

    async def __call__(self, command: RejectRefund, /) -> Refund:
        def reject(work: PaymentWork) -> Refund:
            refund = _seen(work, command)
            payment = work.payments.locked(refund.payment_id)
            rejected = refund.reject(by=command.actor.id, note=command.note, now=self.clock())
            work.payments.save(payment.put_back(refund.amount))
            return self.taking_note.refund(work, refund, rejected)

        return await self.unit_of_work(command.actor, reject, once=command.once)


@attrs.frozen(kw_only=True)
class RetryRefundHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    taking_note: TakingNote
    clock: Clock

    async def __call__(self, command: RetryRefund, /) -> Refund:
        """Raises WrongMethod for what was never paid at the provider."""

        def retry(work: PaymentWork) -> Refund:
            refund = _seen(work, command)
            payment = work.payments.get(refund.payment_id)
            payment.must_go_back_by(command.method)
            again = refund.retry(command.method, by=command.actor.id, now=self.clock())
            work.jobs.enqueue(CarryOnRefund.job(refund.id))
            return self.taking_note.refund(work, refund, again)

        return await self.unit_of_work(command.actor, retry, once=command.once)


@attrs.frozen(kw_only=True)
class DropRefundHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    taking_note: TakingNote
    clock: Clock

    async def __call__(self, command: DropRefund, /) -> Refund:
        """Its amount may be given back in another way, or used for what is owed."""

        def drop(work: PaymentWork) -> Refund:
            refund = _seen(work, command)
            payment = work.payments.locked(refund.payment_id)
            dropped = refund.drop(by=command.actor.id, note=command.note, now=self.clock())
            work.payments.save(payment.put_back(refund.amount))
            return self.taking_note.refund(work, refund, dropped)

        return await self.unit_of_work(command.actor, drop, once=command.once)


@attrs.frozen(kw_only=True)
class PaidRefundHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    taking_note: TakingNote
    clock: Clock

    async def __call__(self, command: PaidRefund, /) -> Refund:
        def paid(work: PaymentWork) -> Refund:
            refund = _seen(work, command)
            return self.taking_note.handed_over(work, refund)

        return await self.unit_of_work(command.actor, paid, once=command.once)


def _seen(work: PaymentWork, command: RefundStep) -> Refund:
    refund = work.refunds.get(command.refund_id)
    require_version(refund.version, command.version)
    return refund


def _asked_by(work: PaymentWork, refund: Refund) -> Money:
    """All that whoever asked for this one wants to have given back of the booking."""
    amounts = [
        one.amount
        for one in work.refunds.of_booking(refund.booking_id)
        if one.requested_by == refund.requested_by and one.state is not RefundState.REJECTED
    ]
    return total(amounts, currency=refund.amount.currency)
