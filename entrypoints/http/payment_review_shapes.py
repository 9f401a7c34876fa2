"""Payments that look suspicious, in JSON: for whoever operates payments."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from domain.payments.abuse import Check, Reason, Review, Ruling, Signal
from domain.payments.payment import Payment
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.payment_shapes import PaymentBody
from entrypoints.http.shapes import Identifier, Input, Moment, Output

Count = Annotated[int, Meta(ge=0, le=2**53 - 1, examples=[6])]
Note = Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=500, examples=["called them back"])]


class ReviewInput(Input, frozen=True):
    note: Note = ""


class ReasonBody(Output, frozen=True):
    """`found` is what was counted, and from `limit` on it weighs something."""

    signal: Signal
    weight: Count
    found: Count
    limit: Count

    @classmethod
    def of(cls, reason: Reason) -> "ReasonBody":
        return cls(
            signal=reason.signal, weight=reason.weight, found=reason.found, limit=reason.limit
        )


class PaymentCheckBody(Output, frozen=True):
    """What was made of it before it began, and who has decided about it."""

    score: Count
    ruling: Ruling
    reasons: Annotated[Sequence[ReasonBody], Meta(max_length=20)]
    decided_by: Identifier | None
    decided_at: Moment | None
    note: Note

    @classmethod
    def of(cls, check: Check) -> "PaymentCheckBody":
        return cls(
            score=check.score,
            ruling=check.ruling,
            reasons=[ReasonBody.of(reason) for reason in check.reasons],
            decided_by=check.decided_by,
            decided_at=check.decided_at,
            note=check.note,
        )


class CheckedPaymentBody(Output, frozen=True):
    """`check` is null for what was taken by hand: nobody has to be suspicious of that."""

    payment: PaymentBody
    started_by: Identifier | None
    review: Review | None
    check: PaymentCheckBody | None

    @classmethod
    def of(cls, payment: Payment) -> "CheckedPaymentBody":
        return cls(
            payment=PaymentBody.of(payment),
            started_by=payment.started_by,
            review=payment.review,
            check=None if payment.check is None else PaymentCheckBody.of(payment.check),
        )


class ReviewPage(Output, frozen=True):
    items: Annotated[Sequence[CheckedPaymentBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
