"""A price, line by line."""

from collections.abc import Iterable
from datetime import date
from enum import Enum

import attrs

from domain.kernel.money import Money, total


class LineKind(Enum):
    CHARGE = "charge"
    DISCOUNT = "discount"
    FEE = "fee"
    TAX = "tax"


@attrs.frozen(kw_only=True)
class PriceLine:
    """`amount` is what the customer pays for the line: `units` times `unit_price`.

    A discount is below zero. `day` is the local date that a charge is for. What is not
    `refundable` is kept when the customer cancels. `rate` is the name of the rate that a charge
    went by, if that has one.
    """

    label: str
    kind: LineKind = LineKind.CHARGE
    day: date | None = None
    units: int = 1
    unit_price: Money
    amount: Money
    refundable: bool = True
    rate: str | None = None

    @classmethod
    def once(cls, kind: LineKind, label: str, amount: Money) -> "PriceLine":
        """Of something that is not counted."""
        return cls(kind=kind, label=label, unit_price=amount, amount=amount)


@attrs.frozen(kw_only=True)
class Contained:
    """A tax that is in the lines already."""

    name: str
    basis_points: int
    amount: Money


@attrs.frozen(kw_only=True)
class Price:
    """Lines that add up to the total, to the cent.

    `taxes_kept` is what of the lines of taxes is for what is not refundable.
    """

    lines: tuple[PriceLine, ...]
    total: Money
    contained: tuple[Contained, ...] = ()
    taxes_kept: Money | None = None

    @classmethod
    def of(
        cls,
        lines: Iterable[PriceLine],
        *,
        currency: str,
        contained: tuple[Contained, ...] = (),
        taxes_kept: Money | None = None,
    ) -> "Price":
        lines = tuple(lines)
        amounts = [line.amount for line in lines]
        return cls(
            lines=lines,
            total=total(amounts, currency=currency),
            contained=contained,
            taxes_kept=taxes_kept,
        )

    @property
    def kept(self) -> Money:
        """What customers who cancel do not get back, however early they do."""
        amounts = [line.amount for line in self.lines if not line.refundable]
        if self.taxes_kept is not None:
            amounts.append(self.taxes_kept)
        return total(amounts, currency=self.total.currency)
