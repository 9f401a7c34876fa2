"""Refunds and disputes in JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from application.payments.views import RefundFilter
from domain.kernel.identifiers import BookingId
from domain.payments.disputes import Dispute, DisputeOutcome
from domain.payments.evidence import Evidence
from domain.payments.payment import Method
from domain.payments.provider import DisputeStatus
from domain.payments.refunds import Refund, RefundState
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.payment_shapes import Code, SomeMoney
from entrypoints.http.refusals import TEXT
from entrypoints.http.shapes import (
    Identifier,
    Input,
    MinorUnits,
    Moment,
    MoneyBody,
    Output,
    Version,
)

Reason = Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=500, examples=["rain all week"])]


class RefundInput(Input, frozen=True):
    """Of the amount, `fee_minor` is kept and the rest given back, the way it came or by hand."""

    amount_minor: SomeMoney
    fee_minor: MinorUnits = 0
    method: Method | None = None
    reason: Reason = ""


class DecisionInput(Input, frozen=True):
    note: Reason = ""


class DropInput(Input, frozen=True):
    """Why nobody tries again."""

    reason: Annotated[
        str,
        Meta(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=500, examples=["paid in March"]),
    ]


class RetryInput(Input, frozen=True):
    """By hand, if the way it came is closed."""

    method: Method


class RefundQuery(PageQuery, frozen=True):
    booking_id: Identifier | None = None
    state: RefundState | None = None

    def filter(self) -> RefundFilter:
        return RefundFilter(
            booking_id=None if self.booking_id is None else BookingId(self.booking_id),
            state=self.state,
        )


class RefundBody(Output, frozen=True):
    id: Identifier
    version: Version
    payment_id: Identifier
    booking_id: Identifier
    state: RefundState
    method: Method
    amount: MoneyBody
    fee: MoneyBody
    paid_out: MoneyBody
    reason: Reason
    decision: Reason
    failure: Code | None
    attempt: Annotated[int, Meta(ge=1, le=1000, examples=[1])]
    requested_by: Identifier
    requested_at: Moment
    decided_by: Identifier | None
    decided_at: Moment | None
    ended_at: Moment | None

    @classmethod
    def of(cls, refund: Refund) -> "RefundBody":
        return cls(
            id=refund.id,
            version=refund.version,
            payment_id=refund.payment_id,
            booking_id=refund.booking_id,
            state=refund.state,
            method=refund.method,
            amount=MoneyBody.of(refund.amount),
            fee=MoneyBody.of(refund.fee),
            paid_out=MoneyBody.of(refund.paid_out),
            reason=refund.reason,
            decision=refund.decision,
            failure=refund.failure,
            attempt=refund.attempt,
            requested_by=refund.requested_by,
            requested_at=refund.requested_at,
            decided_by=refund.decided_by,
            decided_at=refund.decided_at,
            ended_at=refund.ended_at,
        )


class RefundPage(Output, frozen=True):
    items: Annotated[Sequence[RefundBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class DisputeBody(Output, frozen=True):
    """Evidence is sent to the provider, until `due_by`."""

    id: Identifier
    version: Version
    payment_id: Identifier
    booking_id: Identifier
    status: DisputeStatus
    inquiry: bool
    reason: Code
    amount: MoneyBody
    withdrawn: MoneyBody
    opened_at: Moment
    due_by: Moment | None
    outcome: DisputeOutcome | None

    @classmethod
    def of(cls, dispute: Dispute) -> "DisputeBody":
        return cls(
            id=dispute.id,
            version=dispute.version,
            payment_id=dispute.payment_id,
            booking_id=dispute.booking_id,
            status=dispute.status,
            inquiry=dispute.inquiry,
            reason=dispute.reason,
            amount=MoneyBody.of(dispute.amount),
            withdrawn=MoneyBody.of(dispute.withdrawn),
            opened_at=dispute.opened_at,
            due_by=dispute.due_by,
            outcome=dispute.outcome,
        )


class EvidenceInput(Input, frozen=True):
    """`product` is what was sold and `service_on` the day when it took place; `policy` is what
    customers are told about cancelling. It goes to the provider and is kept nowhere else.
    """

    explanation: Annotated[str, Meta(pattern=TEXT, min_length=1, max_length=20_000)]
    product: Annotated[str, Meta(pattern=TEXT, max_length=5_000)] | None = None
    service_on: date | None = None
    policy: Annotated[str, Meta(pattern=TEXT, max_length=20_000)] | None = None

    def evidence(self) -> Evidence:
        return Evidence(
            explanation=self.explanation,
            product=self.product or "",
            service_on=self.service_on,
            policy=self.policy or "",
        )


class DisputePage(Output, frozen=True):
    items: Annotated[Sequence[DisputeBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
