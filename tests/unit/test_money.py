"""Money adds up, to the last minor unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.money import CurrenciesDiffer, Money, UnknownCurrency, total

AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.mark.parametrize(
    ("currency", "exponent"),
    [("EUR", 2), ("GBP", 2), ("JPY", 0), ("XOF", 0), ("KWD", 3), ("TND", 3)],
)
def test_currencies_differ_in_decimals(currency: str, exponent: int) -> None:
    assert Money(1, currency).exponent == exponent


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(123456, "EUR"), "1234.56 EUR"),
        (Money(100, "EUR"), "1.00 EUR"),
        (Money(99, "EUR"), "0.99 EUR"),
        (Money(5, "EUR"), "0.05 EUR"),
        (Money(0, "EUR"), "0.00 EUR"),
        (Money(-5, "EUR"), "-0.05 EUR"),
        (Money(-12345, "EUR"), "-123.45 EUR"),
        (Money(1234, "JPY"), "1234 JPY"),
        (Money(0, "JPY"), "0 JPY"),
        (Money(-7, "JPY"), "-7 JPY"),
        (Money(1234, "KWD"), "1.234 KWD"),
        (Money(1, "KWD"), "0.001 KWD"),
        (Money(-1, "KWD"), "-0.001 KWD"),
    ],
)
def test_amounts_are_written_with_the_decimals_of_their_currency(amount: Money, text: str) -> None:
    assert str(amount) == text


@given(minor=AMOUNTS, currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_is_written_is_the_amount(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    number, unit = str(amount).split()

    assert Fraction(number) == Fraction(minor, 10**amount.exponent)
    assert unit == currency


@pytest.mark.parametrize("code", ["", "EU", "EURO", "eur", "Eur", "E R", "E1R", "ÄÖÜ", "€€€"])
def test_a_currency_is_three_capital_letters(code: str) -> None:
    with pytest.raises(UnknownCurrency) as refused:
        Money(1, code)

    assert refused.value.currency == code
    assert "ISO 4217" in str(refused.value)


def test_money_is_reckoned_with() -> None:
    assert euro(150) + euro(50) == euro(200)
    assert euro(150) - euro(200) == euro(-50)
    assert euro(150) * 3 == euro(450)
    assert -euro(150) == euro(-150)
    assert Money.zero("EUR") == euro(0)


def test_money_is_compared() -> None:
    assert euro(1) < euro(2)
    assert not euro(2) < euro(2)
    assert euro(2) <= euro(2)
    assert not euro(3) <= euro(2)
    assert euro(2) > euro(1)
    assert max(euro(1), euro(3), euro(2)) == euro(3)
    assert euro(1) != Money(1, "GBP")


def test_currencies_are_never_mixed() -> None:
    pounds = Money(1, "GBP")
    for mix in (
        lambda: euro(1) + pounds,
        lambda: euro(1) - pounds,
        lambda: euro(1) < pounds,
        lambda: euro(1) <= pounds,
        lambda: total([euro(1), pounds], currency="EUR"),
        lambda: total([euro(1)], currency="GBP"),
    ):
        with pytest.raises(CurrenciesDiffer) as refused:
            mix()
        assert {"EUR", "GBP"} == {refused.value.one, refused.value.other}
        assert "EUR" in str(refused.value)


def test_nothing_adds_up_to_zero() -> None:
    assert total([], currency="JPY") == Money(0, "JPY")


@given(st.lists(AMOUNTS))
def test_a_total_is_the_sum(minors: list[int]) -> None:
    assert total([euro(minor) for minor in minors], currency="EUR") == euro(sum(minors))


@pytest.mark.parametrize(
    ("minor", "rate", "rounded"),
    [
        (10000, 50, 5000),
        (999, 50, 500),
        (1, 50, 1),
        (1, 49, 0),
        (1, 51, 1),
        (3, 50, 2),
        (-1, 50, -1),
        (-1, 49, 0),
        (-3, 50, -2),
        (1, -50, -1),
        (0, 100, 0),
        (12345, 100, 12345),
        (12345, 0, 0),
    ],
)
def test_a_percentage_is_rounded_half_away_from_zero(minor: int, rate: int, rounded: int) -> None:
    assert euro(minor).percent(rate) == euro(rounded)


@given(minor=AMOUNTS, rate=st.integers(-200, 200))
def test_a_percentage_is_off_by_half_a_unit_at_the_most(minor: int, rate: int) -> None:
    share = euro(minor).percent(rate)

    assert abs(Fraction(share.minor) - Fraction(minor * rate, 100)) <= Fraction(1, 2)
    assert euro(-minor).percent(rate) == -share


@given(minor=AMOUNTS, weights=WEIGHTS)
def test_shares_add_up_and_are_fair_to_one_unit(minor: int, weights: list[int]) -> None:
    shares = euro(minor).allocate(weights)

    assert len(shares) == len(weights)
    assert total(shares, currency="EUR") == euro(minor)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(Fraction(share.minor) - Fraction(minor * weight, sum(weights))) < 1
        assert weight or not share.minor


@given(minor=AMOUNTS, weights=WEIGHTS)
def test_the_largest_remainders_get_the_odd_units(minor: int, weights: list[int]) -> None:
    shares = euro(minor).allocate(weights)

    whole = sum(weights)
    rounded_up = [s.minor - minor * w // whole for s, w in zip(shares, weights, strict=True)]
    remainders = [minor * weight % whole for weight in weights]
    got = [remainder for remainder, up in zip(remainders, rounded_up, strict=True) if up]
    missed = [remainder for remainder, up in zip(remainders, rounded_up, strict=True) if not up]
    assert set(rounded_up) <= {0, 1}
    assert min(got, default=whole) >= max(missed, default=0)


@pytest.mark.parametrize(
    ("minor", "weights", "shares"),
    [
        (100, (1, 1, 1), (34, 33, 33)),
        (101, (1, 1, 1), (34, 34, 33)),
        (100, (1, 2), (33, 67)),
        (1, (0, 1, 1), (0, 1, 0)),
        (-100, (1, 1, 1), (-33, -33, -34)),
        (7, (5,), (7,)),
        (7, (0, 1), (0, 7)),
    ],
)
def test_equal_remainders_are_served_in_order(
    minor: int, weights: tuple[int, ...], shares: tuple[int, ...]
) -> None:
    assert euro(minor).allocate(weights) == tuple(euro(share) for share in shares)


@pytest.mark.parametrize("weights", [(), (0,), (0, 0), (-1,), (3, -1), (-1, 0)])
def test_shares_need_weights(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="weights"):
        euro(100).allocate(weights)
