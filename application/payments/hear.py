"""Ask the provider about something by the name it has there, and take note of how it stands.

It may not have that name here yet: a provider speaks of what it was asked for before its answer
has been taken note of.
"""

from collections.abc import Sequence

import attrs

from application.kernel.ports import Clock, NewId, UnitOfWork
from application.payments.bookkeeping import Bookkeeping
from application.payments.gateway import (
    PaymentGateway,
    PaymentGateways,
    PaymentProviderDown,
    ProviderUnavailable,
    UnknownToProvider,
)
from application.payments.ports import PaymentWork
from application.payments.taking_note import TakingNote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DisputeId
from domain.payments.contesting import contested
from domain.payments.disputes import Dispute
from domain.payments.joint import shares_of_dispute
from domain.payments.payment import Payment
from domain.payments.provider import ProviderDispute, ProviderPayment, ProviderRefund, Subject
from domain.payments.refusals import PaymentNotFound, RefundNotFound

News = ProviderPayment | ProviderRefund | ProviderDispute


@attrs.frozen(kw_only=True)
class Hear:
    actor: Actor
    subject: Subject
    reference: str


@attrs.frozen(kw_only=True)
class HearHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    gateways: PaymentGateways
    taking_note: TakingNote
    bookkeeping: Bookkeeping
    clock: Clock
    new_id: NewId

    async def __call__(self, command: Hear, /) -> bool:
        """Whether it concerns us. Raises PaymentProviderDown or NoPaymentProvider."""
        gateway = self.gateways.of(command.actor.organization_id)
        try:
            news = await _asked(gateway, command)
        except UnknownToProvider:
            return False
        except ProviderUnavailable as error:
            raise PaymentProviderDown from error

        def note(work: PaymentWork) -> bool:
            return all(self._note(work, gateway.provider, one) for one in news)

        return await self.unit_of_work(command.actor, note)

    def _note(self, work: PaymentWork, provider: str, news: News) -> bool:
        match news:
            case ProviderPayment():
                return self._note_payment(work, news)
            case ProviderRefund():
                return self._note_refund(work, news)
            case ProviderDispute():
                return self._note_dispute(work, provider, news)

    def _note_payment(self, work: PaymentWork, news: ProviderPayment) -> bool:
        if news.payment_id is None:
            return False
        try:
            self.taking_note.of_payment(work, news.payment_id, news)
        except PaymentNotFound:
            return False
        return True

    def _note_refund(self, work: PaymentWork, news: ProviderRefund) -> bool:
        if news.refund_id is None:
            return False
        try:
            self.taking_note.of_refund(work, news.refund_id, news)
        except RefundNotFound:
            return False
        return True

    def _note_dispute(self, work: PaymentWork, provider: str, news: ProviderDispute) -> bool:
        found = work.payments.named(provider, news.payment_reference)
        if found is None:
            return False
        together = work.payments.locked_with(found.id)
        shares = shares_of_dispute(news, [one.amount for one in together])
        for payment, share in zip(together, shares, strict=True):
            self._note_share(work, payment, share)
        return True

    def _note_share(self, work: PaymentWork, payment: Payment, news: ProviderDispute) -> None:
        before, now = work.disputes.named(news.reference), self.clock()
        after = (
            before.heard(news, now=now)
            if before is not None
            else Dispute.open(
                DisputeId(self.new_id()),
                news,
                payment_id=payment.id,
                booking_id=payment.booking_id,
                now=now,
            )
        )
        if after != before:
            work.ledger.write([*self.bookkeeping.of_dispute(before, after, now=now)])
            work.disputes.save(after)
            others = [one for one in work.disputes.of_payment(payment.id) if one.id != after.id]
            work.payments.save(contested(payment, after, others))


async def _asked(gateway: PaymentGateway, command: Hear) -> Sequence[News]:
    """What is disputed is asked about as well: nobody may have heard yet that it was paid."""
    match command.subject:
        case Subject.PAYMENT:
            return [await gateway.look(command.reference)]
        case Subject.REFUND:
            return [await gateway.look_at_refund(command.reference)]
        case Subject.DISPUTE:
            dispute = await gateway.look_at_dispute(command.reference)
            return [await gateway.look(dispute.payment_reference), dispute]
