"""What a request costs."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.price import Price, PriceLine
from domain.bookings.pricing import BadRates, NamedRate, RatePlan, Season, WeekdaySurcharge
from domain.bookings.requests import Charge
from domain.kernel.money import Money, total
from domain.kernel.periods import DateRange
from tests.samples import day, pounds

SUMMER = Season(dates=DateRange(day(10), day(20)), price=pounds(120))
FAIR = Season(dates=DateRange(day(20), day(23)), price=pounds(200))
PLAN = RatePlan(price=pounds(90), seasons=(FAIR, SUMMER))


def charge(number: int, units: int = 1) -> Charge:
    return Charge(day=day(number), units=units, label="night")


@pytest.mark.parametrize(
    ("number", "price"), [(0, 90), (9, 90), (10, 120), (19, 120), (20, 200), (22, 200), (23, 90)]
)
def test_seasons_have_their_own_price_up_to_but_without_their_end(number: int, price: int) -> None:
    assert PLAN.unit_price(day(number)) == pounds(price)


def test_a_price_is_made_of_lines() -> None:
    price = PLAN.price_of([charge(9, 2), charge(10, 2)])

    assert price == Price(
        lines=(
            PriceLine(
                label="night", day=day(9), units=2, unit_price=pounds(90), amount=pounds(180)
            ),
            PriceLine(
                label="night", day=day(10), units=2, unit_price=pounds(120), amount=pounds(240)
            ),
        ),
        total=pounds(420),
    )


def test_nothing_costs_nothing() -> None:
    assert PLAN.price_of([]) == Price(lines=(), total=pounds(0))


@given(
    charges=st.lists(st.builds(charge, st.integers(0, 30), st.integers(1, 20)), max_size=90),
    prices=st.lists(st.integers(0, 10**6), min_size=3, max_size=3),
)
def test_lines_add_up_to_the_total(charges: list[Charge], prices: list[int]) -> None:
    usual, summer, fair = (Money(minor, "KWD") for minor in prices)
    plan = RatePlan(
        price=usual,
        seasons=(
            Season(dates=SUMMER.dates, price=summer),
            Season(dates=FAIR.dates, price=fair),
        ),
    )
    price = plan.price_of(charges)

    assert price.total == total([line.amount for line in price.lines], currency="KWD")
    assert price.total.minor == sum(plan.unit_price(c.day).minor * c.units for c in charges)
    for line, its_charge in zip(price.lines, charges, strict=True):
        assert line.amount == line.unit_price * its_charge.units


def test_what_is_free_may_be_booked_too() -> None:
    assert RatePlan(price=pounds(0)).price_of([charge(1)]).total == pounds(0)


@pytest.mark.parametrize(
    ("price", "seasons"),
    [
        (pounds(-1), ()),
        (pounds(1), (Season(dates=SUMMER.dates, price=pounds(-1)),)),
        (pounds(1), (Season(dates=SUMMER.dates, price=Money(1, "EUR")),)),
        (Money(1, "EUR"), (SUMMER,)),
        (pounds(1), (SUMMER, SUMMER)),
        (pounds(1), (FAIR, Season(dates=DateRange(day(15), day(21)), price=pounds(1)), SUMMER)),
        (pounds(1), (SUMMER, Season(dates=DateRange(day(12), day(13)), price=pounds(1)))),
    ],
)
def test_rates_contradict_neither_each_other_nor_sense(
    price: Money, seasons: tuple[Season, ...]
) -> None:
    with pytest.raises(BadRates, match="do not overlap") as refused:
        RatePlan(price=price, seasons=seasons)

    assert refused.value.field == "rates"


BUSINESS = NamedRate(
    name="business", price=pounds(400), seasons=(Season(dates=FAIR.dates, price=pounds(700)),)
)


@pytest.mark.parametrize(
    ("number", "rate", "price"),
    [
        (0, "business", 400),
        (10, "business", 400),  # the usual price has a season then
        (20, "business", 700),
        (0, "comfort", 90),
        (20, "comfort", 200),
        (20, None, 200),
    ],
)
def test_what_is_charged_by_a_name_has_prices_of_its_own(
    number: int, rate: str | None, price: int
) -> None:
    plan = attrs.evolve(PLAN, named=(BUSINESS,))
    charged = attrs.evolve(charge(number, 2), rate=rate)

    assert plan.price_of([charged]).total == pounds(price) * 2


@pytest.mark.parametrize(
    "named",
    [
        (BUSINESS, BUSINESS),
        (attrs.evolve(BUSINESS, price=Money(1, "EUR"), seasons=()),),
        (attrs.evolve(BUSINESS, price=pounds(-1)),),
        (attrs.evolve(BUSINESS, seasons=(FAIR, FAIR)),),
    ],
)
def test_named_rates_are_in_the_same_currency_and_each_of_another_name(
    named: tuple[NamedRate, ...],
) -> None:
    with pytest.raises(BadRates, match="each of another name"):
        attrs.evolve(PLAN, named=named)


WEEKEND = WeekdaySurcharge(weekdays=(5, 6), percent=25)


@pytest.mark.parametrize(
    ("number", "rate", "price"),
    [(2, None, 9000), (3, None, 11250), (4, None, 11250), (5, None, 9000), (10, "b", 5013)],
)
def test_some_days_of_the_week_cost_more(number: int, rate: str | None, price: int) -> None:
    odd = NamedRate(name="b", price=Money(4010, "GBP"))
    plan = attrs.evolve(
        PLAN, seasons=(), named=(odd,), weekdays=(WEEKEND,)
    )  # the first of December 2026 is a Tuesday

    assert plan.unit_price(day(number), rate).minor == price


@pytest.mark.parametrize(
    "weekdays",
    [
        (WEEKEND, WeekdaySurcharge(weekdays=(6,), percent=1)),
        (WeekdaySurcharge(weekdays=(5, 5), percent=1),),
        (WeekdaySurcharge(weekdays=(0,), percent=1),),
        (WeekdaySurcharge(weekdays=(8,), percent=1),),
        (WeekdaySurcharge(weekdays=(1,), percent=0),),
    ],
)
def test_a_day_of_the_week_has_one_surcharge(weekdays: tuple[WeekdaySurcharge, ...]) -> None:
    with pytest.raises(BadRates, match="one surcharge"):
        attrs.evolve(PLAN, weekdays=weekdays)
