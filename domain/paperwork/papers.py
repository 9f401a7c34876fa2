"""A paper: issued once, never changed, and what has become of it since."""

from datetime import date, datetime
from enum import Enum

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, PaperId, ResourceId
from domain.kernel.money import Money, total
from domain.paperwork.contents import NOBODY, Bill, Certificate, Content
from domain.paperwork.events import (
    CertificateRevoked,
    PaperErased,
    PaperEvent,
    PaperIssued,
    PaperReissued,
    PaperWithdrawn,
)
from domain.paperwork.refusals import (
    AlreadyWithdrawn,
    NobodyToSendTo,
    NoCertificate,
    TooManyReissues,
)
from domain.paperwork.terms import PaperTerms


class PaperKind(Enum):
    VOUCHER = "voucher"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    CERTIFICATE = "certificate"


@attrs.frozen(kw_only=True)
class Numbered:
    """A place in a series that has no gaps within its year."""

    series: str
    year: int
    place: int

    @property
    def text(self) -> str:
        return f"{self.series}-{self.year}-{self.place:05}"


@attrs.frozen(kw_only=True)
class Withdrawal:
    """`by_hand` tells what somebody decided from what followed from the booking."""

    at: datetime
    reason: str
    by_hand: bool = False


@attrs.frozen(kw_only=True)
class Reissue:
    at: datetime
    fee: Money | None = None


@attrs.frozen(kw_only=True)
class Paper:
    """The `ordinal`th of its kind for its booking. `number` is what people call it by.

    `corrects` is the invoice that a credit note takes something back of. `resource_id` is what
    was booked when it was issued.
    """

    id: PaperId
    kind: PaperKind
    booking_id: BookingId
    resource_id: ResourceId
    ordinal: int
    number: str
    numbered: Numbered | None = None
    corrects: PaperId | None = None
    content: Content
    issued_at: datetime
    sent_at: datetime | None = None
    withdrawn: Withdrawal | None = None
    reissues: tuple[Reissue, ...] = ()
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def issued_on(self) -> date:
        """By the calendar of the place it is about."""
        return self.content.zone.date_at(self.issued_at)

    @property
    def booking_ids(self) -> tuple[BookingId, ...]:
        """Whose it is filed with first; then all others that it is an invoice for."""
        parts = self.content.parts if isinstance(self.content, Bill) else ()
        return tuple(dict.fromkeys([self.booking_id, *(part.booking_id for part in parts)]))

    @property
    def fees(self) -> Money | None:
        """What it has cost to issue it again."""
        fees = [one.fee for one in self.reissues if one.fee is not None]
        return total(fees, currency=fees[0].currency) if fees else None

    @property
    def stands(self) -> bool:
        return self.withdrawn is None

    @property
    def nobodys(self) -> bool:
        return self.content.recipient == NOBODY

    def issued(self) -> "Paper":
        """With the news of it."""
        amount = self.content.amount
        return self._next(self._event(PaperIssued, self.issued_at, amount=amount))

    def withdraw(self, reason: str, *, now: datetime) -> "Paper":
        """Raises AlreadyWithdrawn."""
        self.must_stand()
        end = Withdrawal(at=now, reason=reason)
        return self._next(self._event(PaperWithdrawn, now), withdrawn=end)

    def revoke(self, reason: str, *, now: datetime) -> "Paper":
        """Raises NoCertificate or AlreadyWithdrawn."""
        if not isinstance(self.content, Certificate):
            raise NoCertificate(self.id)
        self.must_stand()
        end = Withdrawal(at=now, reason=reason, by_hand=True)
        return self._next(self._event(CertificateRevoked, now), withdrawn=end)

    def reissue(self, terms: PaperTerms, *, now: datetime) -> "Paper":
        """The same paper once more. Raises AlreadyWithdrawn, TooManyReissues or NobodyToSendTo."""
        self.must_stand()
        self.must_have_recipient()
        if len(self.reissues) >= terms.most_reissues:
            raise TooManyReissues(self.id, terms.most_reissues)
        fee = terms.fee_to_reissue(self.content, now=now)
        again = (*self.reissues, Reissue(at=now, fee=fee))
        told = self._event(PaperReissued, now, times=len(again), fee=fee)
        return self._next(told, reissues=again)

    def sent(self, *, now: datetime) -> "Paper":
        """For the first time; whatever is sent later changes nothing."""
        return self if self.sent_at else attrs.evolve(self, sent_at=now)

    def must_have_recipient(self) -> None:
        """Raises NobodyToSendTo."""
        if self.nobodys or not self.content.recipient.email:
            raise NobodyToSendTo(self.id)

    def erased(self, *, now: datetime) -> "Paper":
        return self._next(self._event(PaperErased, now), content=self.content.erased())

    def must_stand(self) -> None:
        if not self.stands:
            raise AlreadyWithdrawn(self.id)

    def _event(self, kind: type[PaperEvent], now: datetime, **members: object) -> PaperEvent:
        return kind(
            paper_id=self.id,
            booking_id=self.booking_id,
            kind=self.kind.value,
            occurred_at=now,
            **members,
        )

    def _next(self, event: Event, **changes: object) -> "Paper":
        # mypy checks evolve against each caller's keywords only when they are spelled out.
        return attrs.evolve(self, events=(*self.events, event), **changes)  # type: ignore[arg-type]
