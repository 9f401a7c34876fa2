"""Discounts, fees and taxes that something is sold with, in JSON."""

from typing import Annotated

from msgspec import Meta

from domain.bookings.adjustments import Adjustments
from domain.bookings.discounts import BadDiscount, Step, Steps
from domain.bookings.fees import BadFees, Fee, Per
from domain.bookings.taxes import BadTaxes, Tax
from domain.kernel.money import Money
from domain.kernel.refusals import Refusal
from entrypoints.http.shapes import Input, Label, MinorUnits

BasisPoints = Annotated[
    int,
    Meta(ge=1, le=10_000, description="Hundredths of a percent: 1900 is 19 %.", examples=[1900]),
]
Off = Annotated[int, Meta(ge=1, le=100, description="Percent taken off.", examples=[10])]
Party = Annotated[int, Meta(ge=1, le=1000, description="People, at least.", examples=[5])]
DaysAhead = Annotated[
    int,
    Meta(
        ge=1,
        le=1000,
        description="Local dates between booking and start, at least.",
        examples=[60],
    ),
]
FeePer = Annotated[Per, Meta(description="What the amount is multiplied by.")]
Refundable = Annotated[bool, Meta(description="Whether it is given back at all.")]
Taxable = Annotated[bool, Meta(description="Whether taxes are reckoned on it, too.")]
Inclusive = Annotated[
    bool, Meta(description="Contained in the prices as they are set, or added to them.")
]

ADJUSTMENT_REFUSALS: tuple[type[Refusal], ...] = (BadDiscount, BadFees, BadTaxes)
ADJUSTMENTS = {
    "group_discounts": [{"party": 5, "percent": 10}],
    "early_bird": [{"days_ahead": 60, "percent": 5}],
    "fees": [{"name": "Cleaning", "amount_minor": 2500, "per": "booking", "refundable": False}],
    "taxes": [{"name": "VAT", "basis_points": 600, "inclusive": True}],
}


class GroupDiscountInput(Input, frozen=True):
    party: Party
    percent: Off


class EarlyBirdInput(Input, frozen=True):
    days_ahead: DaysAhead
    percent: Off


class FeeInput(Input, frozen=True):
    name: Label
    amount_minor: MinorUnits
    per: FeePer = Per.BOOKING
    refundable: Refundable = True
    taxed: Taxable = True

    def fee(self, currency: str) -> Fee:
        """Raises BadFees."""
        return Fee(
            name=self.name,
            amount=Money(self.amount_minor, currency),
            per=self.per,
            refundable=self.refundable,
            taxed=self.taxed,
        )

    @classmethod
    def of(cls, fee: Fee) -> "FeeInput":
        return cls(
            name=fee.name,
            amount_minor=fee.amount.minor,
            per=fee.per,
            refundable=fee.refundable,
            taxed=fee.taxed,
        )


class TaxInput(Input, frozen=True):
    name: Label
    basis_points: BasisPoints
    inclusive: Inclusive

    def tax(self) -> Tax:
        return Tax(name=self.name, basis_points=self.basis_points, inclusive=self.inclusive)

    @classmethod
    def of(cls, tax: Tax) -> "TaxInput":
        return cls(name=tax.name, basis_points=tax.basis_points, inclusive=tax.inclusive)


GroupDiscounts = Annotated[
    tuple[GroupDiscountInput, ...],
    Meta(max_length=10, description="The one that takes off most counts, and no other."),
]
EarlyBird = Annotated[
    tuple[EarlyBirdInput, ...],
    Meta(max_length=10, description="The one that takes off most counts, and no other."),
]
Fees = Annotated[tuple[FeeInput, ...], Meta(max_length=10)]
Taxes = Annotated[tuple[TaxInput, ...], Meta(max_length=5)]


class AdjustmentsInput(Input, frozen=True, kw_only=True):
    group_discounts: GroupDiscounts = ()
    early_bird: EarlyBird = ()
    fees: Fees = ()
    taxes: Taxes = ()

    def adjustments(self, currency: str) -> Adjustments:
        """Raises BadDiscount, BadFees or BadTaxes."""
        return Adjustments(
            group=Steps(
                steps=tuple(
                    Step(least=each.party, percent=each.percent) for each in self.group_discounts
                )
            ),
            early=Steps(
                steps=tuple(
                    Step(least=each.days_ahead, percent=each.percent) for each in self.early_bird
                )
            ),
            fees=tuple(fee.fee(currency) for fee in self.fees),
            taxes=tuple(tax.tax() for tax in self.taxes),
        )

    @classmethod
    def of(cls, adjustments: Adjustments) -> "AdjustmentsInput":
        return cls(
            group_discounts=tuple(
                GroupDiscountInput(party=step.least, percent=step.percent)
                for step in adjustments.group.steps
            ),
            early_bird=tuple(
                EarlyBirdInput(days_ahead=step.least, percent=step.percent)
                for step in adjustments.early.steps
            ),
            fees=tuple(map(FeeInput.of, adjustments.fees)),
            taxes=tuple(map(TaxInput.of, adjustments.taxes)),
        )


NO_ADJUSTMENTS = AdjustmentsInput()
