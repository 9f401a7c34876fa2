"""What is taken off a price."""

from collections.abc import Iterable
from typing import ClassVar

import attrs

from domain.kernel.money import Money
from domain.kernel.refusals import Invalid

PERCENTS = range(1, 101)


@attrs.frozen
class BadDiscount(Invalid):
    code: ClassVar[str] = "bad_discount"

    def __str__(self) -> str:
        return (
            "a discount is 1 to 100 percent or an amount above 0; those for groups or for booking "
            "early begin each at another number, at least 1"
        )


@attrs.frozen(kw_only=True)
class Percentage:
    percent: int

    def __attrs_post_init__(self) -> None:
        if self.percent not in PERCENTS:
            raise BadDiscount

    def off(self, price: Money) -> Money:
        return price.percent(self.percent)


@attrs.frozen(kw_only=True)
class FixedAmount:
    amount: Money

    def __attrs_post_init__(self) -> None:
        if self.amount.minor < 1:
            raise BadDiscount

    def off(self, price: Money) -> Money:
        """Never more than there is to pay."""
        return min(self.amount, price)


Worth = Percentage | FixedAmount


@attrs.frozen(kw_only=True)
class Discount:
    """One that applies, under the name that its line has."""

    label: str
    worth: Worth


@attrs.frozen(kw_only=True)
class Step:
    """From `least` on (people, or days between booking and start) so much is taken off."""

    least: int
    percent: int

    def __attrs_post_init__(self) -> None:
        if self.least < 1 or self.percent not in PERCENTS:
            raise BadDiscount


@attrs.frozen(kw_only=True)
class Steps:
    """Of those that are reached, the one that takes off most counts, and no other."""

    steps: tuple[Step, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len({step.least for step in self.steps}) < len(self.steps):
            raise BadDiscount

    def reached(self, number: int, label: str) -> Iterable[Discount]:
        percents = [step.percent for step in self.steps if step.least <= number]
        if percents:
            yield Discount(label=label, worth=Percentage(percent=max(percents)))


NO_STEPS = Steps()
