"""Rates: what units cost. The server reckons, the client is told."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import ClassVar

import attrs

from domain.bookings.price import Price, PriceLine
from domain.bookings.requests import Charge
from domain.kernel.money import Money
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadRates(Invalid):
    code: ClassVar[str] = "bad_rates"
    field: ClassVar[str] = "rates"

    def __str__(self) -> str:
        return (
            "rates are in one currency, at least 0, each of another name, "
            "and their seasons do not overlap; a day of the week has one surcharge"
        )


@attrs.frozen(kw_only=True)
class Season:
    """Another price per unit, for local dates."""

    dates: DateRange
    price: Money


def _sound(price: Money, seasons: Iterable[Season]) -> bool:
    seasons = tuple(seasons)
    prices = (price, *(season.price for season in seasons))
    ordered = sorted((season.dates for season in seasons), key=lambda dates: dates.first)
    return (
        len({one.currency for one in prices}) == 1
        and min(one.minor for one in prices) >= 0
        and not any(one.until > next.first for one, next in pairwise(ordered))
    )


@attrs.frozen(kw_only=True)
class NamedRate:
    """The price of units that are charged by another rate than the usual: a class, an age."""

    name: str
    price: Money
    seasons: tuple[Season, ...] = ()


@attrs.frozen(kw_only=True)
class WeekdaySurcharge:
    """So much more on these days of the week, 1 for Monday to 7, whichever rate it is."""

    weekdays: tuple[int, ...]
    percent: int

    @property
    def is_sound(self) -> bool:
        return self.percent > 0 and all(1 <= day <= 7 for day in self.weekdays)  # noqa: PLR2004


@attrs.frozen(kw_only=True)
class RatePlan:
    """The price of one unit (a room for a night, a seat in a session) by local date."""

    price: Money
    seasons: tuple[Season, ...] = ()
    named: tuple[NamedRate, ...] = ()
    weekdays: tuple[WeekdaySurcharge, ...] = ()

    def __attrs_post_init__(self) -> None:
        rates: tuple[RatePlan | NamedRate, ...] = (self, *self.named)
        if (
            not all(_sound(rate.price, rate.seasons) for rate in rates)
            or len({rate.price.currency for rate in rates}) > 1
            or len({rate.name for rate in self.named}) < len(self.named)
            or not self._weekdays_are_sound()
        ):
            raise BadRates

    def unit_price(self, day: date, rate: str | None = None) -> Money:
        named = (other for other in self.named if other.name == rate)
        chosen: RatePlan | NamedRate = next(named, self)
        found = (season.price for season in chosen.seasons if day in season.dates)
        return next(found, chosen.price).percent(100 + self._surcharge(day))

    def price_of(self, charges: Iterable[Charge]) -> Price:
        return Price.of(map(self._line, charges), currency=self.price.currency)

    def _surcharge(self, day: date) -> int:
        found = (more.percent for more in self.weekdays if day.isoweekday() in more.weekdays)
        return next(found, 0)

    def _weekdays_are_sound(self) -> bool:
        days = [day for more in self.weekdays for day in more.weekdays]
        return len(set(days)) == len(days) and all(more.is_sound for more in self.weekdays)

    def _line(self, charge: Charge) -> PriceLine:
        unit_price = charge.agreed or self.unit_price(charge.day, charge.rate)
        return PriceLine(
            label=charge.label,
            day=charge.day,
            units=charge.units,
            unit_price=unit_price,
            amount=unit_price * charge.units,
            rate=charge.rate,
        )
