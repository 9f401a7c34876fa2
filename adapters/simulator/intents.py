"""A payment as the simulated provider sees it, in the states of a Stripe PaymentIntent."""

from datetime import datetime
from uuid import UUID

import attrs

from adapters.simulator.cards import CARDS, NamedCard, Outcome
from application.payments.gateway import ProviderRefused
from domain.kernel.identifiers import PaymentId
from domain.kernel.money import Money
from domain.payments.provider import ProviderPayment, ProviderStatus

UNEXPECTED = "payment_intent_unexpected_state"
PAYABLE = frozenset({ProviderStatus.REQUIRES_PAYMENT_METHOD, ProviderStatus.REQUIRES_CONFIRMATION})
CANCELLABLE = PAYABLE | {ProviderStatus.REQUIRES_ACTION, ProviderStatus.REQUIRES_CAPTURE}


@attrs.frozen(kw_only=True)
class Intent:
    """`refunded` counts what is being given back as well. `token` opens the payment page."""

    id: str
    token: str = attrs.field(repr=False)
    payment_id: UUID
    booking_id: UUID
    amount: int
    currency: str
    manual: bool
    return_url: str | None
    description: str
    created_at: datetime
    status: ProviderStatus = ProviderStatus.REQUIRES_PAYMENT_METHOD
    card: str | None = None
    failure: str | None = None
    captured: int = 0
    refunded: int = 0

    @property
    def named_card(self) -> NamedCard | None:
        return None if self.card is None else CARDS[self.card]

    @property
    def is_payable(self) -> bool:
        return self.status in PAYABLE

    @property
    def is_challenged(self) -> bool:
        return self.status is ProviderStatus.REQUIRES_ACTION

    @property
    def left(self) -> int:
        """What may still be given back."""
        return self.captured - self.refunded

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def paid_with(self, card: NamedCard) -> "Intent":
        """Raises ProviderRefused unless the customer may pay now."""
        if not self.is_payable:
            raise ProviderRefused(UNEXPECTED)
        tried = attrs.evolve(self, card=card.name, failure=None)
        match card.outcome:
            case Outcome.PAID:
                return tried.settled()
            case Outcome.DECLINED:
                return tried.failed(card.decline or "generic_decline")
            case Outcome.CHALLENGED:
                return attrs.evolve(tried, status=ProviderStatus.REQUIRES_ACTION)
            case Outcome.SLOW | Outcome.LATE:
                return attrs.evolve(tried, status=ProviderStatus.PROCESSING)

    def answered(self, *, confirmed: bool) -> "Intent":
        """By the customer, to the bank. Raises ProviderRefused if it had not asked."""
        if not self.is_challenged:
            raise ProviderRefused(UNEXPECTED)
        return self.settled() if confirmed else self.failed("authentication_required")

    def settled(self) -> "Intent":
        if self.manual:
            return attrs.evolve(self, status=ProviderStatus.REQUIRES_CAPTURE)
        return attrs.evolve(self, status=ProviderStatus.SUCCEEDED, captured=self.amount)

    def failed(self, reason: str) -> "Intent":
        return attrs.evolve(self, status=ProviderStatus.REQUIRES_PAYMENT_METHOD, failure=reason)

    def taken(self, amount: Money) -> "Intent":
        """Raises ProviderRefused."""
        self._must_be_of_my_currency(amount)
        if self.status is not ProviderStatus.REQUIRES_CAPTURE:
            raise ProviderRefused(UNEXPECTED)
        if amount.minor > self.amount:
            raise ProviderRefused("amount_too_large")
        return attrs.evolve(self, status=ProviderStatus.SUCCEEDED, captured=amount.minor)

    def cancelled(self) -> "Intent":
        """Raises ProviderRefused if it is too late, or was done."""
        if self.status not in CANCELLABLE:
            raise ProviderRefused(UNEXPECTED)
        return attrs.evolve(self, status=ProviderStatus.CANCELED)

    def given_back(self, amount: Money) -> "Intent":
        """Raises ProviderRefused."""
        self._must_be_of_my_currency(amount)
        if not self.captured:
            raise ProviderRefused(UNEXPECTED)
        if not self.left:
            raise ProviderRefused("charge_already_refunded")
        if amount.minor > self.left:
            raise ProviderRefused("amount_too_large")
        return attrs.evolve(self, refunded=self.refunded + amount.minor)

    def kept(self, amount: int) -> "Intent":
        """A refund came back."""
        return attrs.evolve(self, refunded=self.refunded - amount)

    def told(self, *, page: str, fee: Money | None) -> ProviderPayment:
        """`page` is the address of its payment page."""
        card = self.named_card
        open = self.is_payable or self.is_challenged
        return ProviderPayment(
            reference=self.id,
            payment_id=PaymentId(self.payment_id),
            status=self.status,
            amount=self.money(self.amount),
            captured=self.money(self.captured),
            fee=fee,
            card=None if card is None else card.card,
            failure=self.failure,
            receipt_url=page if self.captured else None,
            redirect_url=page if open else None,
        )

    def _must_be_of_my_currency(self, amount: Money) -> None:
        if amount.currency != self.currency:
            raise ProviderRefused("currency_mismatch")
        if amount.minor <= 0:
            raise ProviderRefused("parameter_invalid_integer")
