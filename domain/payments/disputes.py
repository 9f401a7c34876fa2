"""A dispute: a customer asks the bank for the money instead of us."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, DisputeId, PaymentId
from domain.kernel.money import Money
from domain.payments.events import DisputeChanged, DisputeClosed, DisputeEvent, DisputeOpened
from domain.payments.provider import DisputeStatus, ProviderDispute
from domain.payments.refusals import NoEvidenceWanted

CLOSED = frozenset(
    {DisputeStatus.WON, DisputeStatus.LOST, DisputeStatus.PREVENTED, DisputeStatus.CLOSED}
)


class DisputeOutcome(Enum):
    """`none`: an inquiry that came to nothing, or a dispute that was prevented."""

    WON = "won"
    LOST = "lost"
    NONE = "none"


@attrs.frozen(kw_only=True)
class Dispute:
    """As long as it is open nothing of its payment is given back.

    `withdrawn` is what the provider holds back meanwhile; evidence is sent there, until `due_by`.
    """

    id: DisputeId
    payment_id: PaymentId
    booking_id: BookingId
    provider_reference: str
    status: DisputeStatus
    inquiry: bool
    reason: str
    amount: Money
    withdrawn: Money
    opened_at: datetime
    due_by: datetime | None = None
    outcome: DisputeOutcome | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def open(
        cls,
        id: DisputeId,
        news: ProviderDispute,
        *,
        payment_id: PaymentId,
        booking_id: BookingId,
        now: datetime,
    ) -> "Dispute":
        opened = cls(
            id=id,
            payment_id=payment_id,
            booking_id=booking_id,
            provider_reference=news.reference,
            status=DisputeStatus.NEEDS_RESPONSE,
            inquiry=news.inquiry,
            reason=news.reason,
            amount=news.amount,
            withdrawn=Money.zero(news.amount.currency),
            opened_at=now,
            due_by=news.due_by,
        )
        return opened.told(DisputeOpened, {"due_by": news.due_by}, now).heard(news, now=now)

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    def must_want_evidence(self, *, now: datetime) -> None:
        """Raises NoEvidenceWanted."""
        late = self.due_by is not None and now >= self.due_by
        if late or not self.is_open or self.status is not DisputeStatus.NEEDS_RESPONSE:
            raise NoEvidenceWanted(self.id)

    def heard(self, news: ProviderDispute, *, now: datetime) -> "Dispute":
        """As the provider says it is. What has come to its end stays there."""
        if not self.is_open:
            return self
        known = attrs.evolve(
            self, inquiry=news.inquiry, withdrawn=news.withdrawn, due_by=news.due_by
        )
        if news.status in CLOSED:
            outcome = _outcome(news.status)
            said = {"outcome": outcome.value}
            return known.told(DisputeClosed, said, now, status=news.status, outcome=outcome)
        if news.status is self.status:
            return known
        said = {"status": news.status.value}
        return known.told(DisputeChanged, said, now, status=news.status)

    def told(
        self, what: type[DisputeEvent], said: Mapping[str, Any], now: datetime, **becomes: Any
    ) -> "Dispute":
        event = what(
            dispute_id=self.id,
            payment_id=self.payment_id,
            booking_id=self.booking_id,
            amount=self.amount,
            occurred_at=now,
            **said,
        )
        return attrs.evolve(self, **becomes, events=(*self.events, event))


def _outcome(status: DisputeStatus) -> DisputeOutcome:
    match status:
        case DisputeStatus.WON:
            return DisputeOutcome.WON
        case DisputeStatus.LOST:
            return DisputeOutcome.LOST
        case _:
            return DisputeOutcome.NONE
