"""Whether the provider's account says what our books say."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ReconciliationId
from domain.kernel.money import Money
from domain.kernel.refusals import Invalid, NotFound
from domain.payments.provider import Subject


@attrs.frozen
class ReconciliationNotFound(NotFound):
    code: ClassVar[str] = "reconciliation_not_found"
    reconciliation_id: ReconciliationId

    def __str__(self) -> str:
        return f"no reconciliation {self.reconciliation_id}"


@attrs.frozen
class BadReconciliationPeriod(Invalid):
    """Reconciled are at most 31 days that are over."""

    code: ClassVar[str] = "bad_reconciliation_period"
    field: ClassVar[str] = "until"

    def __str__(self) -> str:
        return "a period of at most 31 days is reconciled, once it is over"


@attrs.frozen(kw_only=True)
class PaymentsReconciled(Event):
    name: ClassVar[str] = "payments_reconciled"
    reconciliation_id: ReconciliationId
    findings: int

    @property
    def subject(self) -> UUID:
        return self.reconciliation_id


class FindingKind(Enum):
    """Each is for somebody to look into: what could be mended by itself was."""

    UNKNOWN_HERE = "unknown_here"
    UNKNOWN_THERE = "unknown_there"
    AMOUNT_DIFFERS = "amount_differs"


Name = tuple[Subject, str]
"""What the provider calls what money was for."""


@attrs.frozen(kw_only=True)
class Movement:
    """Money that came (above zero) or went, by the provider's name of what it was for."""

    subject: Subject
    reference: str
    amount: Money

    @property
    def name(self) -> Name:
        return self.subject, self.reference


@attrs.frozen(kw_only=True)
class Finding:
    kind: FindingKind
    subject: Subject
    reference: str
    ours: Money | None
    theirs: Money | None

    @property
    def name(self) -> Name:
        return self.subject, self.reference


@attrs.frozen(kw_only=True)
class Totals:
    """Of one currency, by what the provider says."""

    payments: int
    paid: Money
    refunds: int
    refunded: Money
    fees: Money

    @classmethod
    def none(cls, currency: str) -> "Totals":
        nothing = Money.zero(currency)
        return cls(payments=0, paid=nothing, refunds=0, refunded=nothing, fees=nothing)

    def with_payment(self, amount: Money) -> "Totals":
        return attrs.evolve(self, payments=self.payments + 1, paid=self.paid + amount)

    def with_refund(self, amount: Money) -> "Totals":
        return attrs.evolve(self, refunds=self.refunds + 1, refunded=self.refunded - amount)

    def with_fee(self, fee: Money) -> "Totals":
        """In another currency it is not counted."""
        if fee.currency != self.fees.currency:
            return self
        return attrs.evolve(self, fees=self.fees + fee)


@attrs.frozen(kw_only=True)
class Reconciliation:
    """Of the movements from `since` to just before `until`. `mended` is how much was heard of for
    the first time by it: events that had been lost on the way.
    """

    LONGEST_DAYS: ClassVar[int] = 31

    id: ReconciliationId
    provider: str
    since: datetime
    until: datetime
    mended: int
    totals: tuple[Totals, ...]
    findings: tuple[Finding, ...]
    made_at: datetime

    @property
    def event(self) -> PaymentsReconciled:
        return PaymentsReconciled(
            reconciliation_id=self.id, findings=len(self.findings), occurred_at=self.made_at
        )


def compared(
    ours: Sequence[Movement], theirs: Sequence[Movement], *, known_there: AbstractSet[str]
) -> tuple[Finding, ...]:
    """What differs between the movements of one period, in the order of names.

    `known_there` has what moved there around the period: clocks differ, and a movement of midnight
    is one of today here and of yesterday there.
    """
    here, there = _by_name(ours), _by_name(theirs)
    return tuple(
        finding
        for key in sorted(here.keys() | there.keys(), key=lambda key: (key[0].value, key[1]))
        for finding in _difference(key, here.get(key), there.get(key), known_there)
    )


def _difference(
    key: Name, ours: Money | None, theirs: Money | None, known_there: AbstractSet[str]
) -> Iterable[Finding]:
    subject, reference = key
    if ours == theirs or (theirs is None and reference in known_there):
        return
    kind = (
        FindingKind.UNKNOWN_HERE
        if ours is None
        else FindingKind.UNKNOWN_THERE
        if theirs is None
        else FindingKind.AMOUNT_DIFFERS
    )
    yield Finding(kind=kind, subject=subject, reference=reference, ours=ours, theirs=theirs)


def _by_name(movements: Sequence[Movement]) -> Mapping[Name, Money]:
    """What came and went again is nothing."""
    found: dict[Name, Money] = {}
    for one in movements:
        found[one.name] = found[one.name] + one.amount if one.name in found else one.amount
    return {key: amount for key, amount in found.items() if amount.minor}
