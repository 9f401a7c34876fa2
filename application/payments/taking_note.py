"""Take note of what a provider says, in the books as well."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import attrs

from application.kernel.ports import Clock
from application.payments.bookkeeping import Bookkeeping
from application.payments.gateway import ProviderRefused
from application.payments.ports import PaymentWork
from domain.kernel.identifiers import PaymentId, RefundId
from domain.payments.gift_events import GiftCreditRestored
from domain.payments.hearing import heard
from domain.payments.joint import shares_of_payment
from domain.payments.payment import Method, Payment
from domain.payments.provider import ProviderPayment, ProviderRefund
from domain.payments.refunds import Refund
from domain.payments.refusals import WrongMethod


@attrs.frozen(kw_only=True)
class TakingNote:
    bookkeeping: Bookkeeping
    clock: Clock

    def of_payment(
        self,
        work: PaymentWork,
        payment_id: PaymentId,
        news: ProviderPayment | ProviderRefused,
    ) -> Payment:
        """The payment as it is from now on, with all shares that it leads. Raises
        PaymentNotFound.
        """
        together, now = work.payments.locked_with(payment_id), self.clock()
        after = [self.payment(work, before, one) for before, one in _told(together, news, now)]
        return next(one for one in after if one.id == payment_id)

    def of_refund(self, work: PaymentWork, refund_id: RefundId, news: ProviderRefund) -> Refund:
        """The refund as it is from now on. Raises RefundNotFound."""
        before = work.refunds.locked(refund_id)
        return self.refund(work, before, before.heard(news, now=self.clock()))

    def of_refused(self, work: PaymentWork, asked: Refund, refused: ProviderRefused) -> Refund:
        """`asked` is the refund as it was when the provider was asked for it."""
        before, now = work.refunds.locked(asked.id), self.clock()
        after = before.refused(refused.reason, attempt=asked.attempt, now=now)
        return self.refund(work, before, after)

    def handed_over(self, work: PaymentWork, refund: Refund) -> Refund:
        """It has been given back by hand, or is given back to the credit that it was paid with."""
        now = self.clock()
        paid = refund.paid_by_hand(now=now)
        if refund.method is Method.GIFT_CREDIT:
            self._restore(work, refund, now)
        return self.refund(work, refund, paid)

    def _restore(self, work: PaymentWork, refund: Refund, now: datetime) -> None:
        credit_id = work.payments.get(refund.payment_id).gift_credit_id
        if credit_id is None:
            raise WrongMethod
        work.gift_credits.restore(credit_id, refund.paid_out)
        restored = GiftCreditRestored(
            gift_credit_id=credit_id,
            amount=refund.paid_out,
            booking_id=refund.booking_id,
            occurred_at=now,
        )
        work.facts.publish([restored])

    def payment(self, work: PaymentWork, before: Payment | None, after: Payment) -> Payment:
        journals = self.bookkeeping.of_payment(before, after, now=self.clock())
        work.ledger.write([*journals])
        return after if after == before else work.payments.save(after)

    def refund(self, work: PaymentWork, before: Refund | None, after: Refund) -> Refund:
        journals = self.bookkeeping.of_refund(before, after, now=self.clock())
        work.ledger.write([*journals])
        return after if after == before else work.refunds.save(after)


def _told(
    together: Sequence[Payment], news: ProviderPayment | ProviderRefused, now: datetime
) -> Iterator[tuple[Payment, Payment]]:
    """Each before, and after what the provider says of all of them."""
    if isinstance(news, ProviderRefused):
        for one in together:
            yield one, one.refused(news.reason, now=now)
        return
    amounts = [one.amount for one in together]
    shares = shares_of_payment(news, amounts) if len(amounts) > 1 else [news]
    for one, share in zip(together, shares, strict=True):
        yield one, heard(one, share, now=now)
