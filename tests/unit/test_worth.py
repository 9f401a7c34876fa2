"""What is agreed, spread over days without losing a cent."""

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from domain.analytics.lead_times import LeadTimes
from domain.analytics.percentiles import percentile
from domain.bookings.price import Contained, LineKind, Price, PriceLine
from domain.bookings.worth import worth, worth_by_day
from domain.kernel.money import Money
from tests.samples import agreement, hotel

CENTS = st.integers(min_value=0, max_value=10**6)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def line(kind: LineKind, minor: int, day: date | None = None) -> PriceLine:
    return attrs.evolve(PriceLine.once(kind, "a line", euros(minor)), day=day)


@given(charges=st.lists(CENTS, min_size=1, max_size=3), off=CENTS, fee=CENTS, tax=CENTS)
def test_fees_and_added_taxes_are_worth_nothing(
    charges: list[int], off: int, fee: int, tax: int
) -> None:
    off = min(off, sum(charges))
    lines = (
        *(line(LineKind.CHARGE, charge) for charge in charges),
        line(LineKind.DISCOUNT, -off),
        line(LineKind.FEE, fee),
        line(LineKind.TAX, tax),
    )

    assert worth(Price.of(lines, currency="EUR")) == euros(sum(charges) - off)


def test_a_contained_tax_is_shared_with_the_fees() -> None:
    lines = (line(LineKind.CHARGE, 10000), line(LineKind.FEE, 2000))
    contained = (Contained(name="VAT", basis_points=2000, amount=euros(2000)),)

    assert worth(Price.of(lines, currency="EUR", contained=contained)) == euros(8333)


@given(charges=st.lists(CENTS, min_size=3, max_size=3), off=CENTS)
def test_days_make_the_whole(charges: list[int], off: int) -> None:
    agreed = agreement(hotel(1, 4))
    first = agreed.request.days(agreed.period, agreed.zone).first
    lines = (
        *(
            line(LineKind.CHARGE, charge, first + timedelta(days=number))
            for number, charge in enumerate(charges)
        ),
        line(LineKind.DISCOUNT, -min(off, sum(charges))),
    )
    price = Price.of(lines, currency="EUR")

    by_day = worth_by_day(attrs.evolve(agreed, price=price))

    assert sum(one.minor for one in by_day.values()) == worth(price).minor
    assert len(by_day) == 3
    if off == 0 and any(charges):
        assert [one.minor for one in by_day.values()] == charges


@given(st.dictionaries(st.integers(-3, 400), st.integers(1, 30), max_size=9), st.floats(0, 1))
def test_counts_stand_for_the_values_they_count(counts: dict[int, int], part: float) -> None:
    spelt_out = sorted(days for days, bookings in counts.items() for _ in range(bookings))

    assert LeadTimes(counts).at(part) == percentile(spelt_out, part)
