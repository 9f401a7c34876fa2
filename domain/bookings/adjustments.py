"""What comes off a price and on top of it, in an order that everybody can follow.

Charges first; then the discounts, each off what the one before has left: group, early bird, code;
then fees, off which nothing is taken; then taxes, on all of that but untaxed fees.
"""

from collections.abc import Iterator

import attrs

from domain.bookings.discounts import NO_STEPS, Discount, Steps
from domain.bookings.fees import BadFees, Fee
from domain.bookings.price import LineKind, Price, PriceLine
from domain.bookings.taxes import BadTaxes, Tax, taxed
from domain.kernel.money import Money, total


@attrs.frozen(kw_only=True)
class Circumstances:
    """For how many people, how many local dates ahead, and with what discount of their own."""

    party: int
    days_ahead: int
    discount: Discount | None = None


@attrs.frozen(kw_only=True)
class Adjustments:
    """Groups are counted in people, however many bookings they make elsewhere."""

    group: Steps = NO_STEPS
    early: Steps = NO_STEPS
    fees: tuple[Fee, ...] = ()
    taxes: tuple[Tax, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len({fee.name for fee in self.fees}) < len(self.fees):
            raise BadFees
        if len({tax.name for tax in self.taxes}) < len(self.taxes):
            raise BadTaxes

    def made_to(self, charged: Price, circumstances: Circumstances) -> Price:
        """The whole price, where `charged` is what the units cost."""
        off = tuple(self._off(charged.total, circumstances))
        fees = [(fee, fee.line(charged.lines)) for fee in self.fees]
        left = [charged.total, *(line.amount for line in off)]
        with_fees = [*left, *(line.amount for fee, line in fees if fee.taxed)]
        currency = charged.total.currency
        taxes = taxed(total(with_fees, currency=currency), self.taxes)
        kept = [line.amount for fee, line in fees if fee.taxed and not fee.refundable]
        return Price.of(
            (*charged.lines, *off, *(line for _, line in fees if line.units), *taxes.added),
            currency=currency,
            contained=taxes.contained,
            taxes_kept=taxes.on_part(total(kept, currency=currency), self.taxes) if kept else None,
        )

    def _off(self, price: Money, circumstances: Circumstances) -> Iterator[PriceLine]:
        for discount in self._applying(circumstances):
            amount = discount.worth.off(price)
            price -= amount
            yield PriceLine.once(LineKind.DISCOUNT, discount.label, -amount)

    def _applying(self, circumstances: Circumstances) -> Iterator[Discount]:
        yield from self.group.reached(circumstances.party, "group")
        yield from self.early.reached(circumstances.days_ahead, "early bird")
        if circumstances.discount is not None:
            yield circumstances.discount


NO_ADJUSTMENTS = Adjustments()
