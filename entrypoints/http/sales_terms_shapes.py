"""The terms that something is sold on, in JSON."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta

from domain.bookings.cancellation import CancellationTerms, Tier
from domain.bookings.conditions import Conditions
from domain.bookings.deposits import Deposit
from domain.bookings.pricing import NamedRate, RatePlan, Season, WeekdaySurcharge
from domain.bookings.sales_terms import SalesTerms
from domain.kernel.money import Money
from domain.kernel.periods import DateRange
from entrypoints.http.adjustment_shapes import ADJUSTMENTS, NO_ADJUSTMENTS, AdjustmentsInput
from entrypoints.http.consent_shapes import TermsVersion
from entrypoints.http.shapes import (
    Currency,
    Identifier,
    Input,
    MinorUnits,
    MoneyBody,
    Output,
    Version,
)

HoursBefore = Annotated[int, Meta(ge=0, le=10_000, examples=[168])]
Percent = Annotated[int, Meta(ge=1, le=100, examples=[100])]
OnRequest = Annotated[
    bool, Meta(description="Held until the desk has approved or declined.", examples=[False])
]
HoldMinutes = Annotated[
    int,
    Meta(
        ge=1,
        le=10_080,
        description="How long a hold waits for payment, within the desk's cap.",
        examples=[20],
    ),
]
Weekday = Annotated[int, Meta(ge=1, le=7, examples=[6])]
SurchargePercent = Annotated[int, Meta(ge=1, le=300, examples=[20])]
RateName = Annotated[
    str,
    Meta(pattern=r"^[a-z][a-z0-9_]*$(?!\n)", min_length=1, max_length=20, examples=["business"]),
]


class TierInput(Input, frozen=True):
    """Cancelled at least so many hours before the start, so much of the price is given back."""

    hours_before: HoursBefore
    refund_percent: Percent

    @classmethod
    def of(cls, tier: Tier) -> "TierInput":
        return cls(hours_before=tier.hours_before, refund_percent=tier.refund_percent)


class SeasonInput(Input, frozen=True, rename={"first": "from"}):
    first: date
    until: date
    price_minor: MinorUnits

    def season(self, currency: str) -> Season:
        """Raises BadDates."""
        return Season(
            dates=DateRange(self.first, self.until), price=Money(self.price_minor, currency)
        )

    @classmethod
    def of(cls, season: Season) -> "SeasonInput":
        dates = season.dates
        return cls(first=dates.first, until=dates.until, price_minor=season.price.minor)


Seasons = Annotated[tuple[SeasonInput, ...], Meta(max_length=200)]


class NamedRateInput(Input, frozen=True):
    """The price of what is charged by this name: a fare class, children."""

    name: RateName
    price_minor: MinorUnits
    seasons: Seasons = ()

    def rate(self, currency: str) -> NamedRate:
        """Raises BadDates."""
        return NamedRate(
            name=self.name,
            price=Money(self.price_minor, currency),
            seasons=tuple(season.season(currency) for season in self.seasons),
        )

    @classmethod
    def of(cls, rate: NamedRate) -> "NamedRateInput":
        return cls(
            name=rate.name,
            price_minor=rate.price.minor,
            seasons=tuple(SeasonInput.of(season) for season in rate.seasons),
        )


class WeekdaySurchargeInput(Input, frozen=True):
    """So much more on these days of the week, 1 for Monday to 7 for Sunday."""

    weekdays: Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7)]
    percent: SurchargePercent

    @classmethod
    def of(cls, surcharge: WeekdaySurcharge) -> "WeekdaySurchargeInput":
        return cls(weekdays=surcharge.weekdays, percent=surcharge.percent)


class RatesInput(Input, frozen=True):
    """The price of one unit (a room for a night, a seat), and other prices for some dates.

    What a kind charges by a name (`business` seats, a `child`) is priced as usual unless that
    name is `named` here.
    """

    currency: Currency
    price_minor: MinorUnits
    seasons: Seasons = ()
    named: Annotated[tuple[NamedRateInput, ...], Meta(max_length=20)] = ()
    weekdays: Annotated[tuple[WeekdaySurchargeInput, ...], Meta(max_length=7)] = ()

    def rates(self) -> RatePlan:
        """Raises BadRates or BadDates."""
        return RatePlan(
            price=Money(self.price_minor, self.currency),
            seasons=tuple(season.season(self.currency) for season in self.seasons),
            named=tuple(rate.rate(self.currency) for rate in self.named),
            weekdays=tuple(
                WeekdaySurcharge(weekdays=more.weekdays, percent=more.percent)
                for more in self.weekdays
            ),
        )

    @classmethod
    def of(cls, rates: RatePlan) -> "RatesInput":
        return cls(
            currency=rates.price.currency,
            price_minor=rates.price.minor,
            seasons=tuple(SeasonInput.of(season) for season in rates.seasons),
            named=tuple(NamedRateInput.of(rate) for rate in rates.named),
            weekdays=tuple(WeekdaySurchargeInput.of(more) for more in rates.weekdays),
        )


SALES_TERMS = {
    "rates": {
        "currency": "EUR",
        "price_minor": 11900,
        "seasons": [{"from": "2027-07-01", "until": "2027-09-01", "price_minor": 23800}],
        "weekdays": [{"weekdays": [5, 6], "percent": 20}],
    },
    "cancellation": [
        {"hours_before": 168, "refund_percent": 100},
        {"hours_before": 72, "refund_percent": 50},
    ],
    "on_request": False,
    "hold_minutes": 20,
    "change_fee_minor": 1500,
    "adjustments": ADJUSTMENTS,
}


class DepositInput(Input, frozen=True):
    """So much of the price is due at once, the rest so many hours before the start."""

    percent: Annotated[int, Meta(ge=10, le=99, examples=[30])]
    hours_before: HoursBefore

    def deposit(self) -> Deposit:
        """Raises BadDeposit."""
        return Deposit(percent=self.percent, hours_before=self.hours_before)

    @classmethod
    def of(cls, conditions: Conditions) -> "DepositInput | None":
        deposit = conditions.deposit
        if deposit is None:
            return None
        return cls(percent=deposit.percent, hours_before=deposit.hours_before)


class ConditionsBody(Output, frozen=True):
    """How it is held and changed, beside what it costs."""

    on_request: OnRequest
    hold_minutes: HoldMinutes | None
    change_fee: MoneyBody | None
    terms_version: TermsVersion | None
    deposit: DepositInput | None

    @classmethod
    def of(cls, conditions: Conditions) -> "ConditionsBody":
        fee = conditions.change_fee
        return cls(
            on_request=conditions.on_request,
            hold_minutes=_minutes(conditions),
            change_fee=None if fee is None else MoneyBody.of(fee),
            terms_version=conditions.terms_version,
            deposit=DepositInput.of(conditions),
        )


def _minutes(conditions: Conditions) -> int | None:
    lasts = conditions.held_for
    return None if lasts is None else lasts // timedelta(minutes=1)


class SalesTermsInput(Input, frozen=True):
    rates: RatesInput
    cancellation: Annotated[tuple[TierInput, ...], Meta(max_length=20)]
    on_request: OnRequest = False
    hold_minutes: HoldMinutes | None = None
    change_fee_minor: MinorUnits | None = None
    adjustments: AdjustmentsInput = NO_ADJUSTMENTS
    terms_version: TermsVersion | None = None
    deposit: DepositInput | None = None

    def conditions(self) -> Conditions:
        fee, minutes, deposit = self.change_fee_minor, self.hold_minutes, self.deposit
        return Conditions(
            on_request=self.on_request,
            held_for=None if minutes is None else timedelta(minutes=minutes),
            change_fee=None if fee is None else Money(fee, self.rates.currency),
            terms_version=self.terms_version,
            deposit=None if deposit is None else deposit.deposit(),
        )

    def terms(self) -> CancellationTerms:
        tiers = (
            Tier(hours_before=tier.hours_before, refund_percent=tier.refund_percent)
            for tier in self.cancellation
        )
        return CancellationTerms(tiers=tuple(tiers))


class SalesTermsBody(Output, frozen=True):
    resource_id: Identifier
    version: Version
    rates: RatesInput
    cancellation: Annotated[Sequence[TierInput], Meta(max_length=20)]
    on_request: OnRequest
    hold_minutes: HoldMinutes | None
    change_fee_minor: MinorUnits | None
    adjustments: AdjustmentsInput
    terms_version: TermsVersion | None
    deposit: DepositInput | None

    @classmethod
    def of(cls, terms: SalesTerms) -> "SalesTermsBody":
        fee = terms.conditions.change_fee
        return cls(
            resource_id=terms.resource_id,
            version=terms.version,
            rates=RatesInput.of(terms.rates),
            cancellation=[TierInput.of(tier) for tier in terms.cancellation.tiers],
            on_request=terms.conditions.on_request,
            hold_minutes=_minutes(terms.conditions),
            change_fee_minor=None if fee is None else fee.minor,
            adjustments=AdjustmentsInput.of(terms.adjustments),
            terms_version=terms.conditions.terms_version,
            deposit=DepositInput.of(terms.conditions),
        )
