"""What a payment provider says of its objects, in its own words, at the moment it was asked."""

from datetime import datetime
from enum import Enum

import attrs

from domain.kernel.identifiers import PaymentId, RefundId
from domain.kernel.money import Money


class ProviderStatus(Enum):
    """The states of a Stripe PaymentIntent, which the others' are translated to."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    REQUIRES_CAPTURE = "requires_capture"
    CANCELED = "canceled"
    SUCCEEDED = "succeeded"


class RefundStatus(Enum):
    """The states of a Stripe Refund."""

    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


class DisputeStatus(Enum):
    """The states of a Stripe Dispute, without the prefix of its inquiries (`warning_`)."""

    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"
    PREVENTED = "prevented"
    WON = "won"
    LOST = "lost"


@attrs.frozen(kw_only=True)
class Card:
    """As much of a card as may be known: `country` is that of its issuer (ISO 3166, alpha-2)."""

    brand: str
    last4: str
    country: str | None = None


@attrs.frozen(kw_only=True)
class ProviderPayment:
    """`reference` is the provider's name for it, `payment_id` ours, which it was told.

    `captured` is what was taken of `amount`; `fee` what the provider keeps of that, once it says
    so. `failure` is the provider's code for why the last try failed. The customer goes on with
    `client_secret` in the provider's own form, or at `redirect_url`: both are for the customer
    and nobody else.
    """

    reference: str
    payment_id: PaymentId | None
    status: ProviderStatus
    amount: Money
    captured: Money
    fee: Money | None = None
    card: Card | None = None
    failure: str | None = None
    receipt_url: str | None = None
    client_secret: str | None = attrs.field(default=None, repr=False)
    redirect_url: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class ProviderRefund:
    """`payment_reference` is the provider's name for the payment that is given back."""

    reference: str
    refund_id: RefundId | None
    payment_reference: str
    status: RefundStatus
    amount: Money
    failure: str | None = None


@attrs.frozen(kw_only=True)
class ProviderDispute:
    """Until `due_by` evidence is accepted. An inquiry has taken no money yet.

    `withdrawn` is what the provider has taken back for now, with its fee for the dispute.
    """

    reference: str
    payment_reference: str
    status: DisputeStatus
    inquiry: bool
    reason: str
    amount: Money
    withdrawn: Money
    due_by: datetime | None = None


class Subject(Enum):
    """What an event of the provider is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    DISPUTE = "dispute"


@attrs.frozen(kw_only=True)
class ProviderEvent:
    """A hint that something may have changed: what, is asked of the object itself.

    `subject` is None if it is about nothing that concerns a desk; `reference` is then empty.
    """

    id: str
    type: str
    subject: Subject | None
    reference: str
    created_at: datetime
