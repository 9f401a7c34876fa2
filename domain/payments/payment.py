"""A payment: money asked of a customer, until it is ours or will never be."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, BookingId, GiftCreditId, PaymentId
from domain.kernel.money import Money
from domain.payments.abuse import Check, Review
from domain.payments.events import (
    PaymentCancelled,
    PaymentCaptured,
    PaymentEvent,
    PaymentFailed,
    PaymentRequested,
    PaymentStarted,
)
from domain.payments.joint import Joint
from domain.payments.provider import Card
from domain.payments.refusals import (
    NothingToRefund,
    PaymentDisputed,
    PaymentNotOpen,
    TooMuchToCapture,
    TooMuchToRefund,
    WrongMethod,
)


class PaymentState(Enum):
    """`created` until the provider has been heard of; the last three are ends."""

    CREATED = "created"
    REQUIRES_METHOD = "requires_method"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    CANCELLED = "cancelled"
    FAILED = "failed"


ENDS = frozenset({PaymentState.CAPTURED, PaymentState.CANCELLED, PaymentState.FAILED})
OPEN = frozenset(PaymentState) - ENDS

WAITS_FOR_CUSTOMER = frozenset(
    {PaymentState.CREATED, PaymentState.REQUIRES_METHOD, PaymentState.REQUIRES_ACTION}
)


class Method(Enum):
    """`online` is at a provider, `gift_credit` was paid before; the others are taken by hand."""

    ONLINE = "online"
    BANK_TRANSFER = "bank_transfer"
    CASH = "cash"
    GIFT_CREDIT = "gift_credit"


class Step(Enum):
    """What we have decided to do with a payment at the provider and perhaps not done yet."""

    CAPTURE = "capture"
    CANCEL = "cancel"


@attrs.frozen(kw_only=True)
class Payment:
    """Never changes in place: each step returns the next payment and the events it caused.

    `provider` and `provider_reference` are empty for what is taken by hand, the latter also while
    nobody knows whether the provider has heard of it. `refunding` has been given back or is on its
    way. `check` is what was made of it at first; with `joint` it is a share of one for several.
    """

    SILENT_AFTER: ClassVar[timedelta] = timedelta(minutes=10)
    GIVEN_UP_AFTER: ClassVar[timedelta] = timedelta(hours=23)
    """Providers know our keys for a day: later, what was never heard of might be begun twice."""

    id: PaymentId
    booking_id: BookingId
    reference: str
    method: Method
    amount: Money
    manual_capture: bool = False
    return_url: str | None = None
    state: PaymentState = PaymentState.CREATED
    provider: str | None = None
    provider_reference: str | None = None
    captured: Money
    refunding: Money
    fee: Money | None = None
    card: Card | None = None
    failure: str | None = None
    receipt_url: str | None = None
    note: str = ""
    step: Step | None = None
    step_amount: Money | None = None
    disputed: bool = False
    started_by: ActorId | None = None
    check: Check | None = None
    review: Review | None = None
    joint: Joint | None = None
    gift_credit_id: GiftCreditId | None = None
    created_at: datetime
    heard_at: datetime
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def start(
        cls,
        id: PaymentId,
        booking_id: BookingId,
        amount: Money,
        *,
        reference: str,
        provider: str,
        manual_capture: bool,
        return_url: str | None,
        now: datetime,
        by: ActorId | None = None,
        joint: Joint | None = None,
    ) -> "Payment":
        """To be told to the provider next."""
        return cls._new(
            id,
            booking_id,
            amount,
            reference=reference,
            method=Method.ONLINE,
            now=now,
            provider=provider,
            manual_capture=manual_capture,
            return_url=return_url,
            started_by=by,
            joint=joint,
        )

    @classmethod
    def take_by_hand(
        cls,
        id: PaymentId,
        booking_id: BookingId,
        amount: Money,
        *,
        reference: str,
        method: Method,
        note: str,
        now: datetime,
    ) -> "Payment":
        """What somebody at the desk says has been received."""
        started = cls._new(
            id, booking_id, amount, reference=reference, method=method, now=now, note=note
        )
        said = {"method": method.value, "amount": amount}
        return started.told(
            PaymentCaptured, said, now=now, state=PaymentState.CAPTURED, captured=amount
        )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_parked(self) -> bool:
        """Somebody has to look at it before the provider hears of it."""
        return self.review is Review.PENDING and self.state is PaymentState.CREATED

    @property
    def lead(self) -> PaymentId:
        """In whose name it is done at the provider."""
        return self.id if self.joint is None else self.joint.lead

    @property
    def refundable(self) -> Money:
        return self.captured - self.refunding

    def would_do(self, amount: Money, *, manual_capture: bool) -> bool:
        """Whether it can be gone on with instead of beginning another one."""
        return (
            self.amount == amount
            and self.joint is None
            and self.manual_capture == manual_capture
            and self.state is not PaymentState.AUTHORISED
            and self.step is None
        )

    def refused(self, reason: str, *, now: datetime) -> "Payment":
        """The provider will not do what was to be done next: what it never heard of has failed."""
        if self.state is PaymentState.CREATED:
            said = {"failure": reason}
            return self.told(
                PaymentFailed, said, now=now, state=PaymentState.FAILED, failure=reason
            )
        return attrs.evolve(self, step=None, step_amount=None, failure=reason, heard_at=now)

    def request_capture(self, amount: Money | None, *, now: datetime) -> "Payment":
        """Of all that was authorised unless `amount` says less; the rest is let go of."""
        if self.state is not PaymentState.AUTHORISED or self.step is not None:
            raise PaymentNotOpen(self.id, self.state.value)
        amount = self.amount if amount is None else amount
        if not Money.zero(self.amount.currency) < amount <= self.amount:
            raise TooMuchToCapture(self.amount)
        said = {"step": Step.CAPTURE.value}
        return self.told(PaymentRequested, said, now=now, step=Step.CAPTURE, step_amount=amount)

    def given_up(self, *, now: datetime) -> "Payment":
        """Nobody is going to pay any more: what the provider knows of is cancelled there, what
        nobody knows whether it does was never shown to a customer.
        """
        waits = self.state in WAITS_FOR_CUSTOMER and self.step is None
        if not waits or now < self.created_at + self.GIVEN_UP_AFTER:
            return self
        if self.state is PaymentState.CREATED:
            return self.refused("never_started", now=now)
        return self.request_cancel(now=now)

    def request_cancel(self, *, now: datetime) -> "Payment":
        """Asks the provider to let go of it. One that it has perhaps not heard of yet, as well:
        only the provider can say that no money comes any more, but for one that is parked.
        """
        if self.is_parked:
            return self.told(PaymentCancelled, {}, now=now, state=PaymentState.CANCELLED)
        if not self.is_open or self.step is Step.CAPTURE:
            raise PaymentNotOpen(self.id, self.state.value)
        if self.step is Step.CANCEL:
            return self
        return self.told(PaymentRequested, {"step": Step.CANCEL.value}, now=now, step=Step.CANCEL)

    def set_aside(self, amount: Money) -> "Payment":
        """For a refund: nobody else may give it back as well. Raises TooMuchToRefund."""
        if amount.minor < 1 or amount.currency != self.amount.currency:
            raise NothingToRefund
        if self.disputed:
            raise PaymentDisputed(self.id)
        if self.refundable < amount:
            raise TooMuchToRefund(self.refundable)
        return attrs.evolve(self, refunding=self.refunding + amount)

    def must_go_back_by(self, method: Method) -> None:
        """Raises WrongMethod."""
        if method in {Method.ONLINE, Method.GIFT_CREDIT} and self.method is not method:
            raise WrongMethod

    def put_back(self, amount: Money) -> "Payment":
        """A refund has come to nothing."""
        return attrs.evolve(self, refunding=self.refunding - amount)

    def told(
        self,
        what: type[PaymentEvent],
        said: Mapping[str, Any],
        /,
        *,
        now: datetime,
        **becomes: Any,
    ) -> "Payment":
        """With members as they become, and the event that says so."""
        event = what(payment_id=self.id, booking_id=self.booking_id, occurred_at=now, **said)
        return attrs.evolve(self, **becomes, heard_at=now, events=(*self.events, event))

    @classmethod
    def _new(
        cls,
        id: PaymentId,
        booking_id: BookingId,
        amount: Money,
        *,
        reference: str,
        method: Method,
        now: datetime,
        **members: Any,
    ) -> "Payment":
        started = PaymentStarted(
            payment_id=id,
            booking_id=booking_id,
            method=method.value,
            amount=amount,
            occurred_at=now,
        )
        return cls(
            id=id,
            booking_id=booking_id,
            reference=reference,
            method=method,
            amount=amount,
            captured=Money.zero(amount.currency),
            refunding=Money.zero(amount.currency),
            created_at=now,
            heard_at=now,
            events=(started,),
            **members,
        )
