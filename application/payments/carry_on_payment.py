"""Do at the provider what is to be done with a payment, and take note of the answer.

What customers come back with, what providers say by themselves and what has been silent for too
long all end here: the truth is asked for, and that may be done at any time.
"""

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
from domain.kernel.identifiers import PaymentId
from domain.payments.payment import Method, Payment
from domain.payments.provider import ProviderPayment


@attrs.frozen(kw_only=True)
class CarryOnPayment:
    JOB: ClassVar[str] = "carry_on_payment"

    actor: Actor
    payment_id: PaymentId

    @classmethod
    def job(cls, payment_id: PaymentId) -> Job:
        return Job(name=cls.JOB, payload={"payment_id": str(payment_id)})


@attrs.frozen(kw_only=True)
class CarriedOn:
    """`news` has what the customer needs to go on; nothing if nobody was asked."""

    payment: Payment
    news: ProviderPayment | None

    @classmethod
    def after(cls, payment: Payment, news: ProviderPayment | ProviderRefused) -> "CarriedOn":
        return cls(payment=payment, news=None if isinstance(news, ProviderRefused) else news)


@attrs.frozen(kw_only=True)
class CarryOnPaymentHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    at_the_provider: AtTheProvider
    taking_note: TakingNote

    async def __call__(self, command: CarryOnPayment, /) -> CarriedOn:
        """Raises PaymentNotFound, PaymentProviderDown or NoPaymentProvider."""
        actor, payment_id = command.actor, command.payment_id
        payment, whole = await self.unit_of_work(actor, lambda work: _known(work, payment_id))
        if not _concerns_the_provider(whole):
            return CarriedOn(payment=payment, news=None)
        news = await self.at_the_provider.carry_on(actor.organization_id, whole)

        def take_note(work: PaymentWork) -> Payment:
            after = self.taking_note.of_payment(work, whole.id, news)
            return after if whole.id == payment_id else work.payments.get(payment_id)

        return CarriedOn.after(await self.unit_of_work(actor, take_note), news)


def _known(work: PaymentWork, payment_id: PaymentId) -> tuple[Payment, Payment]:
    """The payment, and who leads it: what is to be done with a share is done with the whole."""
    payment = work.payments.get(payment_id)
    if payment.lead == payment.id:
        return payment, payment
    lead = work.payments.get(payment.lead)
    return payment, attrs.evolve(lead, step=lead.step or payment.step)


def _concerns_the_provider(payment: Payment) -> bool:
    """What it would not begin is not begun again: a key is not remembered for ever.

    Nor what somebody has to look at first.
    """
    is_there = payment.is_open or payment.provider_reference is not None
    return is_there and payment.method is Method.ONLINE and not payment.is_parked


@attrs.frozen(kw_only=True)
class CarryOnPaymentJob:
    carry_on: UseCase[CarryOnPayment, CarriedOn]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        payment_id = PaymentId(UUID(str(job.payload["payment_id"])))

        async def carry_on() -> None:
            await self.carry_on(CarryOnPayment(actor=context.actor, payment_id=payment_id))

        await context.step("carry on", carry_on)
