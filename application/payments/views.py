"""What may be asked about payments."""

from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from application.payments.ports import StoredEvent, Treatment
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, PaymentId, RefundId
from domain.payments.disputes import Dispute
from domain.payments.payment import Payment, PaymentState
from domain.payments.refunds import Refund, RefundState


@attrs.frozen(kw_only=True)
class PaymentFilter:
    booking_id: BookingId | None = None
    state: PaymentState | None = None


@attrs.frozen(kw_only=True)
class RefundFilter:
    booking_id: BookingId | None = None
    state: RefundState | None = None


class PaymentViews(Protocol):
    """Pages go from the oldest to the latest."""

    async def payment(self, actor: Actor, payment_id: PaymentId) -> Payment:
        """Raises PaymentNotFound."""
        ...

    async def payments(
        self, actor: Actor, *, filter: PaymentFilter, slice: Slice
    ) -> Page[Payment]: ...

    async def refund(self, actor: Actor, refund_id: RefundId) -> Refund:
        """Raises RefundNotFound."""
        ...

    async def refunds(
        self, actor: Actor, *, filter: RefundFilter, slice: Slice
    ) -> Page[Refund]: ...

    async def disputes(self, actor: Actor, *, slice: Slice) -> Page[Dispute]: ...

    async def provider_events(
        self, actor: Actor, *, treatment: Treatment | None, slice: Slice
    ) -> Page[StoredEvent]: ...


class PaymentReviews(Protocol):
    async def parked(self, actor: Actor, *, slice: Slice) -> Page[Payment]:
        """Those that wait for somebody to look at them, oldest first."""
        ...
