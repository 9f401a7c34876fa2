"""What is due at once, and what later."""

from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.kernel.money import Money
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadDeposit(Invalid):
    code: ClassVar[str] = "bad_deposit"
    field: ClassVar[str] = "deposit"

    def __str__(self) -> str:
        return "a deposit is 10 to 99 percent, and the rest is due some hours before the start"


@attrs.frozen(kw_only=True)
class Instalment:
    """`amount` is due at `due_at`; the first one before anything is promised."""

    amount: Money
    due_at: datetime


@attrs.frozen(kw_only=True)
class Deposit:
    """`percent` of the price is due at once, the rest so many `hours_before` the start."""

    percent: int
    hours_before: int

    def __attrs_post_init__(self) -> None:
        if not 10 <= self.percent <= 99 or self.hours_before < 0:  # noqa: PLR2004
            raise BadDeposit

    def split(self, price: Money, *, starts_at: datetime, now: datetime) -> tuple[Instalment, ...]:
        """All of it at once if the rest would be due by now."""
        due_at = starts_at - timedelta(hours=self.hours_before)
        first = price.percent(self.percent)
        if due_at <= now or first == price:
            return (Instalment(amount=price, due_at=now),)
        return (
            Instalment(amount=first, due_at=now),
            Instalment(amount=price - first, due_at=due_at),
        )
