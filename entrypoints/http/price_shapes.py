"""Prices in JSON, line by line."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.bookings.price import Contained, LineKind, Price, PriceLine
from entrypoints.http.adjustment_shapes import BasisPoints
from entrypoints.http.shapes import Label, MoneyBody, Output

Units = Annotated[int, Meta(ge=1, le=1_000_000, examples=[1])]
Day = Annotated[
    date | None, Meta(description="The local date that a charge is for.", examples=["2027-05-14"])
]
Refundable = Annotated[
    bool, Meta(description="Whether cancelling early enough gives it back.", examples=[True])
]


class PriceLineBody(Output, frozen=True):
    """`amount` is `units` times `unit_price`; that of a discount is below zero."""

    label: Label
    kind: LineKind
    day: Day
    units: Units
    unit_price: MoneyBody
    amount: MoneyBody
    refundable: Refundable

    @classmethod
    def of(cls, line: PriceLine) -> "PriceLineBody":
        return cls(
            label=line.label,
            kind=line.kind,
            day=line.day,
            units=line.units,
            unit_price=MoneyBody.of(line.unit_price),
            amount=MoneyBody.of(line.amount),
            refundable=line.refundable,
        )


class ContainedBody(Output, frozen=True):
    """A tax that is in the lines already."""

    name: Label
    basis_points: BasisPoints
    amount: MoneyBody

    @classmethod
    def of(cls, tax: Contained) -> "ContainedBody":
        return cls(name=tax.name, basis_points=tax.basis_points, amount=MoneyBody.of(tax.amount))


class PriceBody(Output, frozen=True):
    """The lines add up to the total; `contained` taxes are shown, and not added."""

    lines: Annotated[Sequence[PriceLineBody], Meta(max_length=1000)]
    total: MoneyBody
    contained: Annotated[Sequence[ContainedBody], Meta(max_length=20)]

    @classmethod
    def of(cls, price: Price) -> "PriceBody":
        return cls(
            lines=[PriceLineBody.of(line) for line in price.lines],
            total=MoneyBody.of(price.total),
            contained=[ContainedBody.of(tax) for tax in price.contained],
        )
