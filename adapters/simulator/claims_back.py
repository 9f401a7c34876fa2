"""Money that goes back: refunds, and disputes that the customer's bank opens."""

from datetime import datetime
from uuid import UUID

import attrs

from application.payments.gateway import ProviderRefused
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money
from domain.payments.provider import DisputeStatus, ProviderDispute, ProviderRefund, RefundStatus


@attrs.frozen(kw_only=True)
class SimulatedRefund:
    id: str
    refund_id: UUID
    intent: str
    amount: int
    currency: str
    status: RefundStatus
    failure: str | None = None

    def failed(self, reason: str) -> "SimulatedRefund":
        return attrs.evolve(self, status=RefundStatus.FAILED, failure=reason)

    def succeeded(self) -> "SimulatedRefund":
        return attrs.evolve(self, status=RefundStatus.SUCCEEDED)

    def told(self) -> ProviderRefund:
        return ProviderRefund(
            reference=self.id,
            refund_id=RefundId(self.refund_id),
            payment_reference=self.intent,
            status=self.status,
            amount=Money(self.amount, self.currency),
            failure=self.failure,
        )


@attrs.frozen(kw_only=True)
class SimulatedDispute:
    """`withdrawn` is what was taken from the account, with the fee for it."""

    id: str
    intent: str
    amount: int
    withdrawn: int
    currency: str
    inquiry: bool
    reason: str
    due_by: datetime
    status: DisputeStatus = DisputeStatus.NEEDS_RESPONSE

    @property
    def is_open(self) -> bool:
        return self.status in {DisputeStatus.NEEDS_RESPONSE, DisputeStatus.UNDER_REVIEW}

    def under_review(self) -> "SimulatedDispute":
        """Raises ProviderRefused."""
        if self.status is not DisputeStatus.NEEDS_RESPONSE:
            raise ProviderRefused("dispute_evidence_not_accepted")
        return attrs.evolve(self, status=DisputeStatus.UNDER_REVIEW)

    def decided(self, *, won: bool) -> "SimulatedDispute":
        """An inquiry ends without anybody having lost. Won, the amount comes back, not the fee."""
        if self.inquiry:
            return attrs.evolve(self, status=DisputeStatus.CLOSED)
        if won:
            back = self.withdrawn - self.amount
            return attrs.evolve(self, status=DisputeStatus.WON, withdrawn=back)
        return attrs.evolve(self, status=DisputeStatus.LOST)

    def told(self) -> ProviderDispute:
        return ProviderDispute(
            reference=self.id,
            payment_reference=self.intent,
            status=self.status,
            inquiry=self.inquiry,
            reason=self.reason,
            amount=Money(self.amount, self.currency),
            withdrawn=Money(self.withdrawn, self.currency),
            due_by=self.due_by,
        )
