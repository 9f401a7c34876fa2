"""What a request costs: the server reckons, the client is told."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import ClassVar

import attrs

from domain.bookings.requests import Charge
from domain.kernel.money import Money, total
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadRates(Invalid):
    code: ClassVar[str] = "bad_rates"
    field: ClassVar[str] = "rates"

    def __str__(self) -> str:
        return "rates are in one currency, at least 0, and their seasons do not overlap"


@attrs.frozen(kw_only=True)
class PriceLine:
    """`amount` is what the customer pays for the line; `day` is the local date it is for."""

    label: str
    day: date
    units: int
    unit_price: Money
    amount: Money


@attrs.frozen(kw_only=True)
class Price:
    """Lines that add up to the total, to the cent."""

    lines: tuple[PriceLine, ...]
    total: Money


@attrs.frozen(kw_only=True)
class Season:
    """Another price per unit, for local dates."""

    dates: DateRange
    price: Money


@attrs.frozen(kw_only=True)
class RatePlan:
    """The price of one unit (a room for a night, a seat in a session) by local date."""

    price: Money
    seasons: tuple[Season, ...] = ()

    def __attrs_post_init__(self) -> None:
        prices = (self.price, *(season.price for season in self.seasons))
        ordered = sorted((season.dates for season in self.seasons), key=lambda dates: dates.first)
        if (
            len({price.currency for price in prices}) > 1
            or min(price.minor for price in prices) < 0
            or any(one.until > next.first for one, next in pairwise(ordered))
        ):
            raise BadRates

    def unit_price(self, day: date) -> Money:
        found = (season.price for season in self.seasons if day in season.dates)
        return next(found, self.price)

    def price_of(self, charges: Iterable[Charge]) -> Price:
        lines = tuple(
            PriceLine(
                label=charge.label,
                day=charge.day,
                units=charge.units,
                unit_price=self.unit_price(charge.day),
                amount=self.unit_price(charge.day) * charge.units,
            )
            for charge in charges
        )
        amounts = [line.amount for line in lines]
        return Price(lines=lines, total=total(amounts, currency=self.price.currency))
