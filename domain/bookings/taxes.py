"""Taxes: contained in what is charged, or added to it."""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from domain.bookings.price import Contained, LineKind, PriceLine
from domain.kernel.money import Money, total
from domain.kernel.refusals import Invalid

WHOLE = 10_000


@attrs.frozen
class BadTaxes(Invalid):
    code: ClassVar[str] = "bad_taxes"
    field: ClassVar[str] = "taxes"

    def __str__(self) -> str:
        return "taxes are 1 to 10000 basis points, each of another name"


@attrs.frozen(kw_only=True)
class Tax:
    """`basis_points` are hundredths of a percent of the price without any tax.

    An inclusive tax is contained in the price as it stands; an exclusive one is added.
    """

    name: str
    basis_points: int
    inclusive: bool

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.basis_points <= WHOLE:
            raise BadTaxes


@attrs.frozen(kw_only=True)
class Taxed:
    contained: tuple[Contained, ...]
    added: tuple[PriceLine, ...]

    def on_part(self, amount: Money, taxes: Sequence[Tax]) -> Money:
        """What of the taxes that are added is for this part of the amount, never more than all."""
        parts = taxed(amount, taxes).added
        both = zip(parts, self.added, strict=True)
        shares = [min(part.amount, whole.amount) for part, whole in both]
        return total(shares, currency=amount.currency)


def taxed(amount: Money, taxes: Sequence[Tax]) -> Taxed:
    """No tax is reckoned on another.

    The amount is shared out among the inclusive taxes and what is left without them, so that no
    cent is lost; each exclusive tax is a share of what is left, halves rounded away from zero.
    """
    inclusive = [tax for tax in taxes if tax.inclusive]
    *shares, net = amount.allocate([*(tax.basis_points for tax in inclusive), WHOLE])
    return Taxed(
        contained=tuple(
            Contained(name=tax.name, basis_points=tax.basis_points, amount=share)
            for tax, share in zip(inclusive, shares, strict=True)
        ),
        added=tuple(
            PriceLine.once(LineKind.TAX, tax.name, net.basis_points(tax.basis_points))
            for tax in taxes
            if not tax.inclusive
        ),
    )
