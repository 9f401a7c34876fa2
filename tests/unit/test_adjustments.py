"""Discounts, fees and taxes: in which order, and to the cent."""

from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.adjustments import NO_ADJUSTMENTS, Adjustments, Circumstances
from domain.bookings.cancellation import CancellationTerms, Tier
from domain.bookings.discounts import (
    BadDiscount,
    Discount,
    FixedAmount,
    Percentage,
    Step,
    Steps,
)
from domain.bookings.fees import BadFees, Fee, Per
from domain.bookings.price import LineKind, Price
from domain.bookings.pricing import RatePlan
from domain.bookings.requests import Charge
from domain.bookings.sales_terms import SalesTerms
from domain.bookings.taxes import BadTaxes, Tax
from domain.kernel.money import Money, total
from tests.samples import NOW, day, pounds, room_terms

ALONE = Circumstances(party=1, days_ahead=0)
GROUPS = Steps(steps=(Step(least=5, percent=10), Step(least=10, percent=15)))
EARLY = Steps(steps=(Step(least=30, percent=5),))


def charged(*prices: int, units: int = 1) -> Price:
    """A day each."""
    charges = [
        RatePlan(price=Money(price, "GBP")).price_of(
            [Charge(day=day(number), units=units, label="night")]
        )
        for number, price in enumerate(prices)
    ]
    return Price.of((line for price in charges for line in price.lines), currency="GBP")


def amounts(price: Price, kind: LineKind) -> list[tuple[str, int]]:
    return [(line.label, line.amount.minor) for line in price.lines if line.kind is kind]


def code(worth: Percentage | FixedAmount) -> Discount:
    return Discount(label="SPRING", worth=worth)


@pytest.mark.parametrize(
    ("party", "expected"),
    [(4, []), (5, [("group", -1000)]), (9, [("group", -1000)]), (10, [("group", -1500)])],
)
def test_groups_pay_less_by_their_size(party: int, expected: list[tuple[str, int]]) -> None:
    circumstances = attrs.evolve(ALONE, party=party)
    price = Adjustments(group=GROUPS).made_to(charged(10000), circumstances)

    assert amounts(price, LineKind.DISCOUNT) == expected


@pytest.mark.parametrize(("days", "total"), [(29, 10000), (30, 9500), (400, 9500)])
def test_whoever_books_early_pays_less(days: int, total: int) -> None:
    circumstances = attrs.evolve(ALONE, days_ahead=days)
    price = Adjustments(early=EARLY).made_to(charged(10000), circumstances)

    assert price.total.minor == total


def test_each_discount_is_taken_off_what_the_one_before_has_left() -> None:
    circumstances = Circumstances(party=5, days_ahead=30, discount=code(Percentage(percent=50)))
    price = Adjustments(group=GROUPS, early=EARLY).made_to(charged(10000), circumstances)

    assert amounts(price, LineKind.DISCOUNT) == [
        ("group", -1000),
        ("early bird", -450),
        ("SPRING", -4275),
    ]
    assert price.total.minor == 4275


def test_a_fixed_discount_takes_no_more_than_there_is() -> None:
    circumstances = attrs.evolve(ALONE, discount=code(FixedAmount(amount=pounds(500))))

    assert NO_ADJUSTMENTS.made_to(charged(10000), circumstances).total == pounds(0)


@pytest.mark.parametrize(
    ("per", "units"), [(Per.BOOKING, 1), (Per.UNIT, 2), (Per.UNIT_AND_DAY, 6)]
)
def test_fees_are_for_a_booking_a_unit_or_a_unit_and_a_day(per: Per, units: int) -> None:
    fee = Fee(name="Linen", amount=Money(700, "GBP"), per=per)
    price = Adjustments(fees=(fee,), group=GROUPS).made_to(
        charged(5000, 5000, 5000, units=2), attrs.evolve(ALONE, party=9)
    )

    assert amounts(price, LineKind.FEE) == [("Linen", 700 * units)]
    assert price.lines[-1].units == units
    assert price.total.minor == 27000 + 700 * units


def test_nothing_is_charged_for_units_that_are_not_there() -> None:
    fee = Fee(name="Linen", amount=pounds(7), per=Per.UNIT)

    assert Adjustments(fees=(fee,)).made_to(charged(), ALONE) == charged()


VAT = Tax(name="VAT", basis_points=2000, inclusive=True)
CITY = Tax(name="City tax", basis_points=500, inclusive=False)


def test_inclusive_taxes_are_contained_and_exclusive_ones_are_added() -> None:
    price = Adjustments(taxes=(VAT, CITY)).made_to(charged(12000), ALONE)

    assert [(tax.name, tax.amount.minor) for tax in price.contained] == [("VAT", 2000)]
    assert amounts(price, LineKind.TAX) == [("City tax", 500)]  # of 100, not of 120 pounds
    assert price.total.minor == 12500


def test_taxes_are_on_what_is_left_and_on_taxed_fees() -> None:
    fees = (
        Fee(name="Cleaning", amount=pounds(10)),
        Fee(name="Deposit", amount=pounds(99), taxed=False),
    )
    adjustments = Adjustments(fees=fees, taxes=(CITY,), group=GROUPS)
    price = adjustments.made_to(charged(10000), attrs.evolve(ALONE, party=5))

    assert amounts(price, LineKind.TAX) == [("City tax", 500)]  # of 90 and 10 pounds


@pytest.mark.parametrize(("net", "tax"), [(9, 0), (10, 1), (29, 1), (30, 2)])
def test_halves_are_rounded_away_from_zero(net: int, tax: int) -> None:
    price = Adjustments(taxes=(CITY,)).made_to(charged(net), ALONE)

    assert price.total.minor == net + tax


percents = st.integers(1, 100)
steps = st.dictionaries(st.integers(1, 12), percents, max_size=3).map(
    lambda table: Steps(steps=tuple(Step(least=n, percent=p) for n, p in table.items()))
)
fees = st.lists(
    st.builds(
        Fee,
        name=st.sampled_from("abc"),
        amount=st.builds(Money, st.integers(1, 9999), st.just("GBP")),
        per=st.sampled_from(Per),
        refundable=st.booleans(),
        taxed=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda fee: fee.name,
).map(tuple)
taxes = st.lists(
    st.builds(
        Tax,
        name=st.sampled_from("xyz"),
        basis_points=st.integers(1, 10000),
        inclusive=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda tax: tax.name,
).map(tuple)
worths = st.builds(Percentage, percent=percents) | st.builds(
    FixedAmount, amount=st.builds(Money, st.integers(1, 10**6), st.just("GBP"))
)
adjusted = st.builds(Adjustments, group=steps, early=steps, fees=fees, taxes=taxes)
circumstances = st.builds(
    Circumstances,
    party=st.integers(0, 12),
    days_ahead=st.integers(-1, 12),
    discount=st.none() | worths.map(code),
)
prices = st.builds(
    lambda prices, units: charged(*prices, units=units),
    st.lists(st.integers(0, 10**5), max_size=6),
    st.integers(1, 9),
)


@given(adjustments=adjusted, circumstances=circumstances, before=prices)
def test_whatever_is_combined_the_lines_add_up(
    adjustments: Adjustments, circumstances: Circumstances, before: Price
) -> None:
    price = adjustments.made_to(before, circumstances)

    assert price.total == total([line.amount for line in price.lines], currency="GBP")
    assert price.lines[: len(before.lines)] == before.lines
    left = sum(
        line.amount.minor
        for line in price.lines
        if line.kind in (LineKind.CHARGE, LineKind.DISCOUNT)
    )
    assert 0 <= left <= before.total.minor
    for line in price.lines:
        assert line.amount == line.unit_price * line.units
        assert (line.amount.minor <= 0) if line.kind is LineKind.DISCOUNT else line.amount >= ZERO
    assert ZERO <= total([tax.amount for tax in price.contained], currency="GBP") <= price.total


ZERO = pounds(0)


@pytest.mark.parametrize(("taxed", "kept"), [(True, 22), (False, 20)])
def test_the_tax_on_what_is_kept_is_kept(*, taxed: bool, kept: int) -> None:
    fee = Fee(name="service", amount=pounds(20), refundable=False, taxed=taxed)
    tax = Tax(name="city tax", basis_points=1000, inclusive=False)
    price = Adjustments(fees=(fee,), taxes=(tax,)).made_to(charged(10000), ALONE)
    terms = CancellationTerms(tiers=(Tier(hours_before=24, refund_percent=100),))

    split = terms.split(price.total, starts_at=NOW + timedelta(days=9), now=NOW, kept=price.kept)

    assert (split.fee, split.refund) == (pounds(kept), pounds(110))


@given(adjustments=adjusted, circumstances=circumstances, before=prices, percent=percents)
def test_fee_and_refund_of_a_cancellation_are_the_price(
    adjustments: Adjustments, circumstances: Circumstances, before: Price, percent: int
) -> None:
    price = adjustments.made_to(before, circumstances)
    terms = CancellationTerms(tiers=(Tier(hours_before=24, refund_percent=percent),))
    split = terms.split(price.total, starts_at=NOW + timedelta(days=9), now=NOW, kept=price.kept)

    assert split.fee + split.refund == price.total
    assert ZERO <= split.refund <= price.total
    assert split.fee >= price.kept


@given(amount=st.integers(0, 10**6), points=st.lists(st.integers(1, 10000), max_size=5))
def test_contained_taxes_are_within_a_cent_of_their_share(amount: int, points: list[int]) -> None:
    taxes = tuple(
        Tax(name=str(number), basis_points=each, inclusive=True)
        for number, each in enumerate(points)
    )
    price = Adjustments(taxes=taxes).made_to(charged(amount), ALONE)

    for tax in price.contained:
        exact = amount * tax.basis_points / (10000 + sum(points))
        assert abs(tax.amount.minor - exact) < 1


def sold_with(fee: Money) -> SalesTerms:
    return attrs.evolve(
        room_terms(), adjustments=Adjustments(fees=(Fee(name="Linen", amount=fee),))
    )


NONSENSE: dict[str, tuple[type[Exception], Callable[[], object]]] = {
    "no percent": (BadDiscount, lambda: Percentage(percent=0)),
    "more than all": (BadDiscount, lambda: Percentage(percent=101)),
    "no amount": (BadDiscount, lambda: FixedAmount(amount=pounds(0))),
    "nobody": (BadDiscount, lambda: Step(least=0, percent=1)),
    "more than all for a group": (BadDiscount, lambda: Step(least=1, percent=101)),
    "two steps at five": (BadDiscount, lambda: Steps(steps=(Step(least=5, percent=1),) * 2)),
    "no fee": (BadFees, lambda: Fee(name="Linen", amount=pounds(0))),
    "two fees of a name": (
        BadFees,
        lambda: Adjustments(fees=(Fee(name="Linen", amount=pounds(1)),) * 2),
    ),
    "another currency": (BadFees, lambda: sold_with(Money(1, "EUR"))),
    "no tax": (BadTaxes, lambda: Tax(name="VAT", basis_points=0, inclusive=True)),
    "doubled": (BadTaxes, lambda: Tax(name="VAT", basis_points=10001, inclusive=True)),
    "two taxes of a name": (BadTaxes, lambda: Adjustments(taxes=(VAT, VAT))),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused(name: str) -> None:
    refusal, nonsense = NONSENSE[name]
    with pytest.raises(refusal):
        nonsense()
