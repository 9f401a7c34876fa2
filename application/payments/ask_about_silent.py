"""Ask about payments and refunds that nothing was heard of for too long.

What was lost on the way, either way, is found here: a call that nobody knows the end of, an
event that never came.
"""

from datetime import datetime, timedelta
from typing import TypeVar

import attrs

from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.payments.carry_on_payment import CarriedOn, CarryOnPayment
from application.payments.carry_on_refund import CarryOnRefund
from application.payments.gateway import PaymentProviderDown
from application.payments.ports import PaymentWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId, RefundId
from domain.payments.payment import Payment
from domain.payments.refunds import Refund

Command = TypeVar("Command")


@attrs.frozen(kw_only=True)
class AskAboutSilent:
    actor: Actor
    limit: int = 20


@attrs.frozen(kw_only=True)
class AskAboutSilentHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    carry_on_payment: UseCase[CarryOnPayment, CarriedOn]
    carry_on_refund: UseCase[CarryOnRefund, Refund]
    clock: Clock
    silent_after: timedelta

    async def __call__(self, command: AskAboutSilent, /) -> int:
        """How many were answered for; what was not is asked about again next time."""
        actor, since = command.actor, self.clock() - self.silent_after

        def silent(work: PaymentWork) -> tuple[list[PaymentId], list[RefundId]]:
            payments = work.payments.silent(since=since, limit=command.limit)
            for payment in payments:
                _give_up(work, payment, self.clock())
            refunds = work.refunds.silent(since=since, limit=command.limit)
            return [one.id for one in payments], [one.id for one in refunds]

        payments, refunds = await self.unit_of_work(actor, silent)
        answered = 0
        for payment_id in payments:
            payment = CarryOnPayment(actor=actor, payment_id=payment_id)
            answered += await _answered(self.carry_on_payment, payment)
        for refund_id in refunds:
            refund = CarryOnRefund(actor=actor, refund_id=refund_id)
            answered += await _answered(self.carry_on_refund, refund)
        return answered


def _give_up(work: PaymentWork, payment: Payment, now: datetime) -> None:
    if payment.given_up(now=now) == payment:
        return
    for one in work.payments.locked_with(payment.id):
        after = one.given_up(now=now)
        if after != one:
            work.payments.save(after)


async def _answered(ask: UseCase[Command, object], command: Command) -> bool:
    """One that cannot be asked about now keeps nobody from asking about the others."""
    try:
        await ask(command)
    except PaymentProviderDown:
        return False
    return True
