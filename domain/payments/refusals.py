"""The ways in which payments say no."""

from typing import ClassVar

import attrs

from domain.kernel.identifiers import BookingId, DisputeId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.kernel.refusals import (
    Category,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Severity,
)


@attrs.frozen
class PaymentNotFound(NotFound):
    code: ClassVar[str] = "payment_not_found"
    payment_id: PaymentId

    def __str__(self) -> str:
        return f"no payment {self.payment_id}"


@attrs.frozen
class RefundNotFound(NotFound):
    code: ClassVar[str] = "refund_not_found"
    refund_id: RefundId

    def __str__(self) -> str:
        return f"no refund {self.refund_id}"


@attrs.frozen
class NothingToPay(Conflict):
    """Everything that is due has been paid, or nothing is due yet."""

    code: ClassVar[str] = "nothing_to_pay"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"nothing is due for booking {self.booking_id}"


@attrs.frozen
class PaymentOpen(Conflict):
    """Another payment for the booking is under way; it has to end or be cancelled first."""

    code: ClassVar[str] = "payment_open"
    payment_id: PaymentId

    def __str__(self) -> str:
        return f"payment {self.payment_id} of the same booking is still open"


@attrs.frozen
class PaymentNotOpen(Conflict):
    """The payment has come to its end, or not yet to where this could be done."""

    code: ClassVar[str] = "payment_not_open"
    payment_id: PaymentId
    state: str

    def __str__(self) -> str:
        return f"payment {self.payment_id} is {self.state}"


@attrs.frozen
class PaymentNotParked(Conflict):
    """Nobody has to look at the payment, or somebody has."""

    code: ClassVar[str] = "payment_not_parked"
    payment_id: PaymentId

    def __str__(self) -> str:
        return f"payment {self.payment_id} waits for nobody to look at it"


@attrs.frozen
class TooMuchToCapture(Invalid):
    """More is to be captured than was authorised, or nothing at all."""

    code: ClassVar[str] = "too_much_to_capture"
    field: ClassVar[str] = "amount"
    authorised: Money

    def __str__(self) -> str:
        return f"between one minor unit and {self.authorised} can be captured"


@attrs.frozen
class TooMuchToRefund(Conflict):
    """More is to be given back than is left, counting refunds that are under way."""

    code: ClassVar[str] = "too_much_to_refund"
    refundable: Money

    def __str__(self) -> str:
        return f"no more than {self.refundable} can be given back"


@attrs.frozen
class NothingToRefund(Invalid):
    code: ClassVar[str] = "nothing_to_refund"
    field: ClassVar[str] = "amount"

    def __str__(self) -> str:
        return "a refund is of one minor unit at least, in the currency of the payment"


@attrs.frozen
class FeeAboveRefund(Invalid):
    """The fee that is kept for a refund is more than what is given back."""

    code: ClassVar[str] = "fee_above_refund"
    field: ClassVar[str] = "fee"

    def __str__(self) -> str:
        return "the fee is between nothing and less than the amount"


@attrs.frozen
class RefundNotPossible(Conflict):
    """The refund is not where this can be done with it."""

    code: ClassVar[str] = "refund_not_possible"
    refund_id: RefundId
    state: str

    def __str__(self) -> str:
        return f"refund {self.refund_id} is {self.state}"


@attrs.frozen
class SecondPersonNeeded(Forbidden):
    """Above a limit, a refund is approved by somebody else than whoever asked for it."""

    code: ClassVar[str] = "second_person_needed"
    limit: Money

    def __str__(self) -> str:
        return f"refunds above {self.limit} are approved by a second person"


@attrs.frozen
class PaymentDisputed(Conflict):
    """While a payment is disputed nothing of it is given back: it would be given back twice."""

    code: ClassVar[str] = "payment_disputed"
    payment_id: PaymentId

    def __str__(self) -> str:
        return f"payment {self.payment_id} is disputed"


@attrs.frozen
class WrongMethod(Invalid):
    """Money that came by hand goes back by hand."""

    code: ClassVar[str] = "wrong_refund_method"
    field: ClassVar[str] = "method"

    def __str__(self) -> str:
        return "what was not paid at the provider cannot be given back there"


@attrs.frozen
class DisputeNotFound(NotFound):
    code: ClassVar[str] = "dispute_not_found"
    dispute_id: DisputeId

    def __str__(self) -> str:
        return f"no dispute {self.dispute_id}"


@attrs.frozen
class ProviderEventNotFound(NotFound):
    code: ClassVar[str] = "provider_event_not_found"

    def __str__(self) -> str:
        return "no such event of a payment provider"


@attrs.frozen
class BadProviderSignature(Forbidden):
    """Whoever sent this does not know our secret, or it was sent too long ago."""

    code: ClassVar[str] = "bad_provider_signature"
    category: ClassVar[Category] = Category.AUTHENTICATION
    severity: ClassVar[Severity] = Severity.MEDIUM

    def __str__(self) -> str:
        return "the signature is missing, wrong or too old"


@attrs.frozen
class BadProviderEvent(Invalid):
    """It is signed and makes no sense."""

    code: ClassVar[str] = "bad_provider_event"

    def __str__(self) -> str:
        return "the body is no event of this provider"


@attrs.frozen
class NoEvidenceWanted(Conflict):
    """It was sent already, it is too late, or the dispute is over."""

    code: ClassVar[str] = "no_evidence_wanted"
    dispute_id: DisputeId

    def __str__(self) -> str:
        return f"no evidence is accepted for dispute {self.dispute_id} any more"


@attrs.frozen
class EvidenceRefused(Conflict):
    """The provider does not take it. `reason` is its code."""

    code: ClassVar[str] = "evidence_refused"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    dispute_id: DisputeId
    reason: str

    def __str__(self) -> str:
        return f"the provider refused the evidence: {self.reason}"


@attrs.frozen
class MoreThanIsOwed(Invalid):
    """More money is said to have been received than is owed."""

    code: ClassVar[str] = "more_than_is_owed"
    field: ClassVar[str] = "amount_minor"
    owed: Money

    def __str__(self) -> str:
        return f"no more than {self.owed} is owed"


@attrs.frozen
class NotByHand(Invalid):
    """What is paid at the provider is nothing that somebody takes."""

    code: ClassVar[str] = "not_by_hand"
    field: ClassVar[str] = "method"

    def __str__(self) -> str:
        return "by hand, money comes as bank_transfer or cash"
