"""Take note of what a provider says, in the books as well."""

import attrs

from application.kernel.ports import Clock
from application.payments.bookkeeping import Bookkeeping
from application.payments.gateway import ProviderRefused
from application.payments.ports import PaymentWork
from domain.kernel.identifiers import PaymentId, RefundId
from domain.payments.hearing import heard
from domain.payments.payment import Payment
from domain.payments.provider import ProviderPayment, ProviderRefund
from domain.payments.refunds import Refund


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
        """The payment as it is from now on. Raises PaymentNotFound."""
        before, now = work.payments.locked(payment_id), self.clock()
        if isinstance(news, ProviderRefused):
            return self.payment(work, before, before.refused(news.reason, now=now))
        return self.payment(work, before, heard(before, news, now=now))

    def of_refund(self, work: PaymentWork, refund_id: RefundId, news: ProviderRefund) -> Refund:
        """The refund as it is from now on. Raises RefundNotFound."""
        before = work.refunds.locked(refund_id)
        return self.refund(work, before, before.heard(news, now=self.clock()))

    def of_refused(self, work: PaymentWork, asked: Refund, refused: ProviderRefused) -> Refund:
        """`asked` is the refund as it was when the provider was asked for it."""
        before, now = work.refunds.locked(asked.id), self.clock()
        after = before.refused(refused.reason, attempt=asked.attempt, now=now)
        return self.refund(work, before, after)

    def payment(self, work: PaymentWork, before: Payment | None, after: Payment) -> Payment:
        journals = self.bookkeeping.of_payment(before, after, now=self.clock())
        work.ledger.write([*journals])
        return after if after == before else work.payments.save(after)

    def refund(self, work: PaymentWork, before: Refund | None, after: Refund) -> Refund:
        journals = self.bookkeeping.of_refund(before, after, now=self.clock())
        work.ledger.write([*journals])
        return after if after == before else work.refunds.save(after)
