"""What is asked of a payment provider."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol

import attrs

from application.kernel.refusals import Unavailable
from domain.kernel.identifiers import BookingId, OrganizationId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.kernel.refusals import Category, Conflict, Severity
from domain.payments.evidence import Evidence
from domain.payments.provider import (
    ProviderDispute,
    ProviderEvent,
    ProviderPayment,
    ProviderRefund,
    Subject,
)


class ProviderUnavailable(Exception):
    """Nobody knows whether it was done: the same may be asked again, under the same key.

    For no answer in time, a broken connection, an answer that makes no sense, 409, 429 and 5xx.
    """


class NotAdmitted(ProviderUnavailable):
    """The key is not accepted. Nothing was done; it helps to ask again once that is mended."""


class ProviderRefused(Exception):
    """It was not done and, asked for in this way, never will be.

    `reason` is the provider's code, fit for logs and for the desk.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownToProvider(ProviderRefused):
    """There is no object of that name there."""


@attrs.frozen
class NoPaymentProvider(Conflict):
    """The organization has no account with a provider, or its key is missing."""

    code: ClassVar[str] = "no_payment_provider"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    severity: ClassVar[Severity] = Severity.HIGH

    def __str__(self) -> str:
        return "this organization takes no payments online"


@attrs.frozen
class PaymentProviderDown(Unavailable):
    """The provider does not answer; what was asked for is kept and may be tried again."""

    code: ClassVar[str] = "payment_provider_down"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    retry_after: int = 30

    def __str__(self) -> str:
        return "payments cannot be taken at the moment; nothing is lost, try again in a minute"


@attrs.frozen(kw_only=True)
class PaymentAsk:
    """`return_url` is where the customer comes back to; `manual` leaves the capture to us.

    `description` is what the customer reads at the provider, nothing personal.
    """

    payment_id: PaymentId
    booking_id: BookingId
    amount: Money
    manual: bool
    return_url: str | None
    description: str


@attrs.frozen(kw_only=True)
class PageOfEvents:
    """`next` is what to go on after; None if there is nothing to go on after yet."""

    events: Sequence[ProviderEvent]
    next: str | None


@attrs.frozen(kw_only=True)
class BalanceChange:
    """A movement on the account that the provider keeps for the organization.

    `amount` is before `fee`; below zero, money left the account.
    """

    reference: str
    subject: Subject | None
    source: str
    amount: Money
    fee: Money
    created_at: datetime


@attrs.frozen(kw_only=True)
class PageOfChanges:
    """`next` is what to go on after; None at the end."""

    changes: Sequence[BalanceChange]
    next: str | None


class PaymentGateway(Protocol):
    """One organization's account with a provider.

    Whatever changes something carries a key: done twice with the same key, it is done once, and
    the answer is the first one's. Raises ProviderUnavailable or ProviderRefused; whatever is asked
    about by name, UnknownToProvider as well.
    """

    @property
    def provider(self) -> str:
        """Stored with payments: `stripe`, `simulator`."""
        ...

    async def start(self, ask: PaymentAsk, /, *, key: str) -> ProviderPayment: ...

    async def look(self, reference: str, /) -> ProviderPayment: ...

    async def capture(self, reference: str, amount: Money, /, *, key: str) -> ProviderPayment:
        """Takes that much of what was authorised and lets go of the rest."""
        ...

    async def cancel(self, reference: str, /, *, key: str) -> ProviderPayment:
        """Raises ProviderRefused if it can no longer be cancelled."""
        ...

    async def refund(
        self, refund_id: RefundId, reference: str, amount: Money, /, *, key: str
    ) -> ProviderRefund: ...

    async def look_at_refund(self, reference: str, /) -> ProviderRefund: ...

    async def look_at_dispute(self, reference: str, /) -> ProviderDispute: ...

    async def submit_evidence(
        self, reference: str, evidence: Evidence, /, *, key: str
    ) -> ProviderDispute:
        """For good: none can be added. Raises ProviderRefused if none is accepted any more."""
        ...

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        """Oldest first, from `since` on, or after where a former page ended."""
        ...

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        """In any order, from `since` to just before `until`."""
        ...


class BadSignature(Exception):
    """Nobody who knows a secret has signed this, or too long ago."""


class Notifications(Protocol):
    """What a provider sends by itself."""

    def event_of(self, body: bytes, signature: str, /, *, now: datetime) -> ProviderEvent:
        """Raises BadSignature, or ValueError if the body makes no sense."""
        ...


class PaymentGateways(Protocol):
    """Which account an organization has; asked anew each time, so that keys may be rotated."""

    def of(self, organization_id: OrganizationId, /) -> PaymentGateway:
        """Raises NoPaymentProvider."""
        ...

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Notifications:
        """Raises NoPaymentProvider if it has no account there, or no secret to check with."""
        ...
