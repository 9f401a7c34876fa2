"""What other features may know about payments."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, DisputeId, PaymentId, RefundId
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class PaymentEvent(Event):
    payment_id: PaymentId
    booking_id: BookingId

    @property
    def subject(self) -> UUID:
        return self.payment_id


@attrs.frozen(kw_only=True)
class PaymentStarted(PaymentEvent):
    name: ClassVar[str] = "payment_started"
    method: str
    amount: Money


@attrs.frozen(kw_only=True)
class PaymentParked(PaymentEvent):
    """It looks suspicious, and waits for somebody to look at it."""

    name: ClassVar[str] = "payment_parked"


@attrs.frozen(kw_only=True)
class PaymentReviewed(PaymentEvent):
    """Somebody has looked at it."""

    name: ClassVar[str] = "payment_reviewed"
    approved: bool


@attrs.frozen(kw_only=True)
class PaymentAwaitsCustomer(PaymentEvent):
    """The customer has to prove who pays (3-D Secure)."""

    name: ClassVar[str] = "payment_awaits_customer"


@attrs.frozen(kw_only=True)
class PaymentProcessing(PaymentEvent):
    name: ClassVar[str] = "payment_processing"


@attrs.frozen(kw_only=True)
class PaymentDeclined(PaymentEvent):
    """A try has failed; the customer may try again. `failure` is the provider's code."""

    name: ClassVar[str] = "payment_declined"
    failure: str


@attrs.frozen(kw_only=True)
class PaymentAuthorised(PaymentEvent):
    """The amount is set aside on the customer's side and not ours yet."""

    name: ClassVar[str] = "payment_authorised"
    amount: Money


@attrs.frozen(kw_only=True)
class PaymentCaptured(PaymentEvent):
    name: ClassVar[str] = "payment_captured"
    method: str
    amount: Money


@attrs.frozen(kw_only=True)
class PaymentFailed(PaymentEvent):
    """The provider will have none of it."""

    name: ClassVar[str] = "payment_failed"
    failure: str


@attrs.frozen(kw_only=True)
class PaymentCancelled(PaymentEvent):
    name: ClassVar[str] = "payment_cancelled"


@attrs.frozen(kw_only=True)
class PaymentRequested(PaymentEvent):
    """What we have asked the provider to do with it: `capture`, `cancel`."""

    name: ClassVar[str] = "payment_step_requested"
    step: str


@attrs.frozen(kw_only=True)
class PaymentFeeKnown(PaymentEvent):
    """What the provider keeps."""

    name: ClassVar[str] = "payment_fee_known"
    fee: Money


@attrs.frozen(kw_only=True)
class RefundEvent(Event):
    refund_id: RefundId
    payment_id: PaymentId
    booking_id: BookingId
    amount: Money

    @property
    def subject(self) -> UUID:
        return self.refund_id


@attrs.frozen(kw_only=True)
class RefundRequested(RefundEvent):
    name: ClassVar[str] = "refund_requested"


@attrs.frozen(kw_only=True)
class RefundApproved(RefundEvent):
    name: ClassVar[str] = "refund_approved"


@attrs.frozen(kw_only=True)
class RefundRejected(RefundEvent):
    name: ClassVar[str] = "refund_rejected"


@attrs.frozen(kw_only=True)
class RefundSubmitted(RefundEvent):
    """The provider has it; the money is on its way."""

    name: ClassVar[str] = "refund_submitted"


@attrs.frozen(kw_only=True)
class RefundSucceeded(RefundEvent):
    name: ClassVar[str] = "refund_succeeded"
    method: str


@attrs.frozen(kw_only=True)
class RefundFailed(RefundEvent):
    """The money is still here: somebody has to find another way to give it back."""

    name: ClassVar[str] = "refund_failed"
    failure: str


@attrs.frozen(kw_only=True)
class RefundRetried(RefundEvent):
    """It is tried again, perhaps in another way."""

    name: ClassVar[str] = "refund_retried"
    method: str


@attrs.frozen(kw_only=True)
class RefundDropped(RefundEvent):
    """It has failed and is not tried again: what was set aside for it is free."""

    name: ClassVar[str] = "refund_dropped"


@attrs.frozen(kw_only=True)
class DisputeEvent(Event):
    dispute_id: DisputeId
    payment_id: PaymentId
    booking_id: BookingId
    amount: Money

    @property
    def subject(self) -> UUID:
        return self.dispute_id


@attrs.frozen(kw_only=True)
class DisputeOpened(DisputeEvent):
    name: ClassVar[str] = "dispute_opened"
    due_by: datetime | None


@attrs.frozen(kw_only=True)
class DisputeChanged(DisputeEvent):
    name: ClassVar[str] = "dispute_changed"
    status: str


@attrs.frozen(kw_only=True)
class DisputeClosed(DisputeEvent):
    name: ClassVar[str] = "dispute_closed"
    outcome: str


DISPUTES = (DisputeOpened, DisputeChanged, DisputeClosed)
