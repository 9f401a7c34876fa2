"""Give back at the provider what was approved, and take note of what becomes of it."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import UnitOfWork, UseCase
from application.payments.at_the_provider import AtTheProvider
from application.payments.gateway import (
    ProviderRefused,
)
from application.payments.ports import PaymentWork
from application.payments.taking_note import TakingNote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import RefundId
from domain.payments.payment import Method, Payment
from domain.payments.refunds import AT_THE_PROVIDER, Refund, RefundState


@attrs.frozen(kw_only=True)
class CarryOnRefund:
    JOB: ClassVar[str] = "carry_on_refund"

    actor: Actor
    refund_id: RefundId

    @classmethod
    def job(cls, refund_id: RefundId) -> Job:
        return Job(name=cls.JOB, payload={"refund_id": str(refund_id)})


@attrs.frozen(kw_only=True)
class CarryOnRefundHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    at_the_provider: AtTheProvider
    taking_note: TakingNote

    async def __call__(self, command: CarryOnRefund, /) -> Refund:
        """Raises RefundNotFound, PaymentProviderDown or NoPaymentProvider."""

        def read(work: PaymentWork) -> tuple[Refund, Payment]:
            refund = work.refunds.get(command.refund_id)
            return refund, work.payments.get(refund.payment_id)

        refund, payment = await self.unit_of_work(command.actor, read)
        if refund.method is Method.GIFT_CREDIT and refund.state is RefundState.APPROVED:
            return await self._to_the_credit(command)
        if not _concerns_the_provider(refund):
            return refund
        owner = command.actor.organization_id
        news = await self.at_the_provider.give_back(owner, refund, payment)

        def take_note(work: PaymentWork) -> Refund:
            if isinstance(news, ProviderRefused):
                return self.taking_note.of_refused(work, refund, news)
            return self.taking_note.of_refund(work, refund.id, news)

        return await self.unit_of_work(command.actor, take_note)

    async def _to_the_credit(self, command: CarryOnRefund) -> Refund:
        def give_back(work: PaymentWork) -> Refund:
            refund = work.refunds.locked(command.refund_id)
            if refund.state is not RefundState.APPROVED:
                return refund
            return self.taking_note.handed_over(work, refund)

        return await self.unit_of_work(command.actor, give_back)


def _concerns_the_provider(refund: Refund) -> bool:
    """What has been given back may still come back."""
    is_there = refund.state in AT_THE_PROVIDER or refund.state is RefundState.SUCCEEDED
    return is_there and refund.method is Method.ONLINE


@attrs.frozen(kw_only=True)
class CarryOnRefundJob:
    carry_on: UseCase[CarryOnRefund, Refund]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        refund_id = RefundId(UUID(str(job.payload["refund_id"])))

        async def carry_on() -> None:
            await self.carry_on(CarryOnRefund(actor=context.actor, refund_id=refund_id))

        await context.step("carry on", carry_on)
