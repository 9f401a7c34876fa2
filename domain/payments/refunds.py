"""A refund: money on its way back to whoever paid it."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, BookingId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.events import (
    RefundApproved,
    RefundDropped,
    RefundEvent,
    RefundFailed,
    RefundRejected,
    RefundRequested,
    RefundRetried,
    RefundSubmitted,
    RefundSucceeded,
)
from domain.payments.payment import Method
from domain.payments.provider import ProviderRefund, RefundStatus
from domain.payments.refusals import FeeAboveRefund, RefundNotPossible, SecondPersonNeeded


class RefundState(Enum):
    """`submitted` from when it may be at the provider; `failed` waits for somebody to decide."""

    REQUESTED = "requested"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REJECTED = "rejected"


UNDER_WAY = frozenset(RefundState) - {RefundState.SUCCEEDED, RefundState.REJECTED}
AT_THE_PROVIDER = frozenset({RefundState.APPROVED, RefundState.SUBMITTED})
"""Or on its way there."""


def must_leave_something(amount: Money, fee: Money) -> None:
    """Raises FeeAboveRefund if nothing is left to be given back."""
    if not Money.zero(amount.currency) <= fee < amount:
        raise FeeAboveRefund


@attrs.frozen(kw_only=True)
class Refund:
    """`amount` is taken off what may still be refunded; of it, `fee` is kept and the rest paid.

    It goes back the way it came (`online`) or by hand. `attempt` counts the ways that were tried:
    each has a key of its own at the provider, and `former` are its names for those that failed.
    `cause` says what it is for: once for each.
    `allowance` is the part of it that was owed and is let off; the rest was paid for nothing.
    """

    id: RefundId
    payment_id: PaymentId
    booking_id: BookingId
    amount: Money
    fee: Money
    allowance: Money
    method: Method
    reason: str
    cause: str
    state: RefundState = RefundState.REQUESTED
    attempt: int = 1
    provider_reference: str | None = None
    former: tuple[str, ...] = ()
    failure: str | None = None
    requested_by: ActorId
    requested_at: datetime
    decided_by: ActorId | None = None
    decided_at: datetime | None = None
    decision: str = ""
    ended_at: datetime | None = None
    heard_at: datetime
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def request(
        cls,
        id: RefundId,
        *,
        payment_id: PaymentId,
        booking_id: BookingId,
        amount: Money,
        fee: Money,
        method: Method,
        reason: str,
        cause: str,
        by: ActorId,
        now: datetime,
        allowance: Money | None = None,
    ) -> "Refund":
        """Of money that has been set aside for it."""
        must_leave_something(amount, fee)
        requested = RefundRequested(
            refund_id=id,
            payment_id=payment_id,
            booking_id=booking_id,
            amount=amount,
            occurred_at=now,
        )
        return cls(
            id=id,
            payment_id=payment_id,
            booking_id=booking_id,
            amount=amount,
            fee=fee,
            allowance=allowance or Money.zero(amount.currency),
            method=method,
            reason=reason,
            cause=cause,
            requested_by=by,
            requested_at=now,
            heard_at=now,
            events=(requested,),
        )

    @property
    def paid_out(self) -> Money:
        return self.amount - self.fee

    def approve(
        self,
        *,
        by: ActorId,
        alone_up_to: Money | None,
        asked: Money | None = None,
        note: str = "",
        now: datetime,
    ) -> "Refund":
        """Above `alone_up_to`, not whoever asked for it: raises SecondPersonNeeded.

        What counts is all that they have `asked` for beside it: many small ones are a large one.
        """
        self._must_be(RefundState.REQUESTED)
        asked = self.amount if asked is None else asked
        if alone_up_to is not None and by == self.requested_by and alone_up_to < asked:
            raise SecondPersonNeeded(alone_up_to)
        return self._decided(RefundApproved, RefundState.APPROVED, by, note, now)

    def reject(self, *, by: ActorId, note: str, now: datetime) -> "Refund":
        """The booking stays what it is."""
        self._must_be(RefundState.REQUESTED)
        return attrs.evolve(
            self._decided(RefundRejected, RefundState.REJECTED, by, note, now), ended_at=now
        )

    def heard(self, news: ProviderRefund, *, now: datetime) -> "Refund":
        """As the provider says it is. The same news twice change nothing.

        A refund that succeeded may still fail days later, when the customer's bank returns it.
        """
        if self.state is RefundState.REJECTED or self._is_old(news):
            return self
        known = attrs.evolve(self, provider_reference=news.reference, heard_at=now)
        match news.status:
            case RefundStatus.SUCCEEDED if self.state is not RefundState.SUCCEEDED:
                return known.succeeded(now=now)
            case RefundStatus.FAILED | RefundStatus.CANCELED if (
                self.state is not RefundState.FAILED
            ):
                return known.failed(news.failure or news.status.value, now=now)
            case RefundStatus.PENDING | RefundStatus.REQUIRES_ACTION if (
                self.state is RefundState.APPROVED
            ):
                return known.submitted(now=now)
            case _:
                return known

    def refused(self, reason: str, *, attempt: int, now: datetime) -> "Refund":
        """The provider will not do what it was asked for by the attempt of that number.

        What it has heard of already is not undone by that, nor what was tried since.
        """
        is_unheard_of = self.provider_reference is None and self.state in AT_THE_PROVIDER
        if attempt == self.attempt and is_unheard_of:
            return self.failed(reason, now=now)
        return attrs.evolve(self, heard_at=now)

    def submitted(self, *, now: datetime) -> "Refund":
        return self._told(RefundSubmitted, {}, now, state=RefundState.SUBMITTED)

    def failed(self, reason: str, *, now: datetime) -> "Refund":
        """It was refused, or came back: what was set aside stays so until somebody decides."""
        said = {"failure": reason}
        return self._told(
            RefundFailed, said, now, state=RefundState.FAILED, failure=reason, ended_at=None
        )

    def retry(self, method: Method, *, by: ActorId, now: datetime) -> "Refund":
        """Once more, perhaps by hand this time."""
        self._must_be(RefundState.FAILED)
        return self._told(
            RefundRetried,
            {"method": method.value},
            now,
            state=RefundState.APPROVED,
            method=method,
            attempt=self.attempt + 1,
            provider_reference=None,
            former=(*self.former, *filter(None, [self.provider_reference])),
            failure=None,
            decided_by=by,
            decided_at=now,
        )

    def drop(self, *, by: ActorId, note: str, now: datetime) -> "Refund":
        """What has failed is not tried again."""
        self._must_be(RefundState.FAILED)
        return attrs.evolve(
            self._decided(RefundDropped, RefundState.REJECTED, by, note, now), ended_at=now
        )

    def paid_by_hand(self, *, now: datetime) -> "Refund":
        """Somebody has given the money back. Raises RefundNotPossible if it goes online."""
        self._must_be(RefundState.APPROVED)
        if self.method is Method.ONLINE:
            raise RefundNotPossible(self.id, self.state.value)
        return self.succeeded(now=now)

    def _is_old(self, news: ProviderRefund) -> bool:
        """Of a former attempt, or from before this one has failed: from there, none succeeds."""
        if self.method is not Method.ONLINE or news.reference in self.former:
            return True
        has_failed = self.state is RefundState.FAILED and self.provider_reference is not None
        return has_failed or self.provider_reference not in {None, news.reference}

    def succeeded(self, *, now: datetime) -> "Refund":
        said = {"method": self.method.value}
        return self._told(
            RefundSucceeded, said, now, state=RefundState.SUCCEEDED, failure=None, ended_at=now
        )

    def _decided(
        self, what: type[RefundEvent], state: RefundState, by: ActorId, note: str, now: datetime
    ) -> "Refund":
        return self._told(what, {}, now, state=state, decided_by=by, decided_at=now, decision=note)

    def _must_be(self, state: RefundState) -> None:
        if self.state is not state:
            raise RefundNotPossible(self.id, self.state.value)

    def _told(
        self, what: type[RefundEvent], said: Mapping[str, Any], now: datetime, **becomes: Any
    ) -> "Refund":
        event = what(
            refund_id=self.id,
            payment_id=self.payment_id,
            booking_id=self.booking_id,
            amount=self.amount,
            occurred_at=now,
            **said,
        )
        return attrs.evolve(self, **becomes, heard_at=now, events=(*self.events, event))
