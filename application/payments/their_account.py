"""What a provider's account says of a period, told page by page."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from application.payments.gateway import BalanceChange, PaymentGateway
from domain.kernel.money import Money
from domain.payments.provider import Subject
from domain.payments.reconciliation import Movement, Name, Totals


@attrs.define(kw_only=True)
class TheirAccount:
    """Kept is what each thing came to and the sums, never the pages. `around` are the references
    of what moved just before or after: clocks differ.
    """

    AROUND: ClassVar[timedelta] = timedelta(days=1)

    since: datetime
    until: datetime
    came_to: dict[Name, Money] = attrs.field(factory=dict)
    around: set[str] = attrs.field(factory=set)
    sums: dict[str, Totals] = attrs.field(factory=dict)

    async def read(self, gateway: PaymentGateway) -> None:
        """Raises ProviderUnavailable or ProviderRefused."""
        since, until, after = self.since - self.AROUND, self.until + self.AROUND, None
        while True:
            page = await gateway.balance_changes(since=since, until=until, after=after)
            for change in page.changes:
                self._take(change)
            if page.next is None:
                return
            after = page.next

    def totals(self) -> tuple[Totals, ...]:
        return tuple(totals for _, totals in sorted(self.sums.items()))

    def of(self, names: Iterable[Name]) -> Sequence[Movement]:
        return [
            Movement(subject=name[0], reference=name[1], amount=self.came_to[name])
            for name in names
            if name in self.came_to
        ]

    def knows(self, name: Name) -> bool:
        return name in self.came_to or name[1] in self.around

    def _take(self, change: BalanceChange) -> None:
        if not self.since <= change.created_at < self.until:
            self.around.add(change.source)
            return
        currency, amount = change.amount.currency, change.amount
        totals = self.sums.get(currency, Totals.none(currency)).with_fee(change.fee)
        match change.subject:
            case Subject.PAYMENT:
                totals = totals.with_payment(amount)
            case Subject.REFUND:
                totals = totals.with_refund(amount)
        self.sums[currency] = totals
        if change.subject in {Subject.PAYMENT, Subject.REFUND}:
            name = (change.subject, change.source)
            known = self.came_to.get(name)
            self.came_to[name] = amount if known is None else known + amount


def in_parts(names: Sequence[Name], size: int) -> Iterable[Sequence[Name]]:
    for first in range(0, len(names), size):
        yield names[first : first + size]
