"""A payment provider that does what it is told, and says what a test wants it to say."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import attrs

from application.payments.gateway import (
    BadSignature,
    NoPaymentProvider,
    Notifications,
    PageOfChanges,
    PageOfEvents,
    PaymentAsk,
    PaymentGateway,
    PaymentGateways,
    ProviderRefused,
    ProviderUnavailable,
    UnknownToProvider,
)
from domain.kernel.identifiers import OrganizationId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.evidence import Evidence
from domain.payments.provider import (
    DisputeStatus,
    ProviderDispute,
    ProviderEvent,
    ProviderPayment,
    ProviderRefund,
    ProviderStatus,
    RefundStatus,
    Subject,
)
from tests.samples import NOW

SIGNED = "signed"
CANCELLABLE = frozenset(ProviderStatus) - {ProviderStatus.SUCCEEDED, ProviderStatus.CANCELED}
Answer = TypeVar("Answer", ProviderPayment, ProviderRefund, ProviderDispute)


@attrs.define(kw_only=True)
class FakeGateway(PaymentGateway):
    """`down` hears nothing; `loses` does as many things without anybody hearing of it.

    `refuses` is the reason why the next thing is not done. Answers are kept by key. What customers
    and their banks do is said in between: `becomes`, `gives_back`, `disputes`.
    """

    provider: str = "fake"
    down: bool = False
    loses: int = 0
    refuses: str | None = None
    refunds_become: RefundStatus = RefundStatus.SUCCEEDED
    payments: dict[str, ProviderPayment] = attrs.field(factory=dict)
    manual: set[str] = attrs.field(factory=set)
    refunds: dict[str, ProviderRefund] = attrs.field(factory=dict)
    disputed: dict[str, ProviderDispute] = attrs.field(factory=dict)
    evidence: list[Evidence] = attrs.field(factory=list)
    answers: dict[str, ProviderPayment | ProviderRefund | ProviderDispute] = attrs.field(
        factory=dict
    )
    said: list[ProviderEvent] = attrs.field(factory=list)
    asked: list[str] = attrs.field(factory=list)

    async def start(self, ask: PaymentAsk, /, *, key: str) -> ProviderPayment:
        def start() -> ProviderPayment:
            created = ProviderPayment(
                reference=f"pi_{len(self.payments) + 1}",
                payment_id=ask.payment_id,
                status=ProviderStatus.REQUIRES_PAYMENT_METHOD,
                amount=ask.amount,
                captured=ask.amount * 0,
                client_secret=f"secret_{len(self.payments) + 1}",
            )
            if ask.manual:
                self.manual.add(created.reference)
            return self._now(created)

        return self._once(key, ProviderPayment, start)

    async def look(self, reference: str, /) -> ProviderPayment:
        return self._found(self.payments, reference)

    async def capture(self, reference: str, amount: Money, /, *, key: str) -> ProviderPayment:
        def capture() -> ProviderPayment:
            payment = self.payments[reference]
            if payment.status is not ProviderStatus.REQUIRES_CAPTURE:
                raise ProviderRefused("payment_intent_unexpected_state")
            return self._now(
                attrs.evolve(payment, status=ProviderStatus.SUCCEEDED, captured=amount)
            )

        return self._once(key, ProviderPayment, capture)

    async def cancel(self, reference: str, /, *, key: str) -> ProviderPayment:
        def cancel() -> ProviderPayment:
            payment = self.payments[reference]
            if payment.status not in CANCELLABLE:
                raise ProviderRefused("payment_intent_unexpected_state")
            return self._now(attrs.evolve(payment, status=ProviderStatus.CANCELED))

        return self._once(key, ProviderPayment, cancel)

    async def refund(
        self, refund_id: RefundId, reference: str, amount: Money, /, *, key: str
    ) -> ProviderRefund:
        def refund() -> ProviderRefund:
            if amount > self.payments[reference].captured - self.given_back(reference):
                raise ProviderRefused("charge_already_refunded")
            return self._refund_now(
                ProviderRefund(
                    reference=f"re_{len(self.refunds) + 1}",
                    refund_id=refund_id,
                    payment_reference=reference,
                    status=self.refunds_become,
                    amount=amount,
                )
            )

        return self._once(key, ProviderRefund, refund)

    async def look_at_refund(self, reference: str, /) -> ProviderRefund:
        return self._found(self.refunds, reference)

    async def look_at_dispute(self, reference: str, /) -> ProviderDispute:
        self._must_be_there(f"look:{reference}")
        if reference not in self.disputed:
            raise UnknownToProvider("resource_missing")
        return self.disputed[reference]

    async def submit_evidence(
        self, reference: str, evidence: Evidence, /, *, key: str
    ) -> ProviderDispute:
        def submit() -> ProviderDispute:
            dispute = self.disputed[reference]
            if dispute.status is not DisputeStatus.NEEDS_RESPONSE:
                raise ProviderRefused("dispute_evidence_not_accepted")
            self.evidence.append(evidence)
            reviewed = attrs.evolve(dispute, status=DisputeStatus.UNDER_REVIEW)
            self.disputed[reference] = reviewed
            return reviewed

        return self._once(key, ProviderDispute, submit)

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        raise NotImplementedError

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        raise NotImplementedError

    def becomes(
        self, payment_id: PaymentId, status: ProviderStatus, failure: str | None = None
    ) -> ProviderPayment:
        """As the customer, or the bank, has it; what is to be captured by us is authorised."""
        payment = self.of(payment_id)
        is_taken = status is ProviderStatus.SUCCEEDED
        if is_taken and payment.reference in self.manual:
            is_taken, status = False, ProviderStatus.REQUIRES_CAPTURE
        captured = payment.amount if is_taken else payment.captured
        return self._now(attrs.evolve(payment, status=status, captured=captured, failure=failure))

    def of(self, payment_id: PaymentId) -> ProviderPayment:
        """There is exactly one, however often it was asked for."""
        (payment,) = (one for one in self.payments.values() if one.payment_id == payment_id)
        return payment

    def gives_back(self, refund_id: RefundId, status: RefundStatus) -> ProviderRefund:
        """What becomes of the latest attempt."""
        *_, refund = (one for one in self.refunds.values() if one.refund_id == refund_id)
        return self._refund_now(attrs.evolve(refund, status=status))

    def disputes(
        self, payment_id: PaymentId, status: DisputeStatus, *, withdrawn: Money, times: int = 1
    ) -> ProviderDispute:
        """For the `times`th time."""
        payment = self.of(payment_id)
        dispute = ProviderDispute(
            reference=f"dp_{payment.reference}" + "_again" * (times - 1),
            payment_reference=payment.reference,
            status=status,
            inquiry=False,
            reason="fraudulent",
            amount=payment.captured,
            withdrawn=withdrawn,
        )
        self.disputed[dispute.reference] = dispute
        self._say(Subject.DISPUTE, dispute.reference, status.value)
        return dispute

    def given_back(self, reference: str) -> Money:
        gone = (
            one.amount
            for one in self.refunds.values()
            if one.payment_reference == reference
            and one.status not in {RefundStatus.FAILED, RefundStatus.CANCELED}
        )
        return sum(gone, start=self.payments[reference].captured * 0)

    def _once(self, key: str, kind: type[Answer], do: Callable[[], Answer]) -> Answer:
        self._must_be_there(key)
        if key not in self.answers:
            if self.refuses is not None:
                reason, self.refuses = self.refuses, None
                raise ProviderRefused(reason)

            self.answers[key] = do()
        if self.loses:
            self.loses -= 1
            raise ProviderUnavailable(key)
        answer = self.answers[key]
        assert isinstance(answer, kind)
        return answer

    def _found(self, among: dict[str, Answer], reference: str) -> Answer:
        self._must_be_there(f"look:{reference}")
        if reference not in among:
            raise UnknownToProvider("resource_missing")
        return among[reference]

    def _must_be_there(self, key: str) -> None:
        self.asked.append(key)
        if self.down:
            raise ProviderUnavailable(key)

    def _now(self, payment: ProviderPayment) -> ProviderPayment:
        self.payments[payment.reference] = payment
        self._say(Subject.PAYMENT, payment.reference, payment.status.value)
        return payment

    def _refund_now(self, refund: ProviderRefund) -> ProviderRefund:
        self.refunds[refund.reference] = refund
        self._say(Subject.REFUND, refund.reference, refund.status.value)
        return refund

    def _say(self, subject: Subject, reference: str, what: str) -> None:
        event = ProviderEvent(
            id=f"evt_{len(self.said) + 1}",
            type=f"{subject.value}.{what}",
            subject=subject,
            reference=reference,
            created_at=NOW,
        )
        self.said.append(event)


@attrs.frozen
class FakeNotifications(Notifications):
    """The body is an event's place among what was said."""

    gateway: FakeGateway

    def event_of(self, body: bytes, signature: str, /, *, now: datetime) -> ProviderEvent:
        if signature != SIGNED:
            raise BadSignature
        said = json.loads(body)
        if isinstance(said, int):
            return self.gateway.said[said]
        return ProviderEvent(
            id="evt_other", type=said["type"], subject=None, reference="", created_at=now
        )


@attrs.frozen
class FakeGateways(PaymentGateways):
    gateway: FakeGateway | None

    def of(self, organization_id: OrganizationId, /) -> PaymentGateway:
        if self.gateway is None:
            raise NoPaymentProvider
        return self.gateway

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Notifications:
        if self.gateway is None or provider != self.gateway.provider:
            raise NoPaymentProvider
        return FakeNotifications(self.gateway)
