"""What looks suspicious is looked at by somebody, and what cannot be looked at as well."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.abuse.contact_signs import OfflineSigns
from application.bookings.checking_payments import CheckingPayments
from domain.kernel.money import Money
from domain.payments.abuse import (
    USUAL_RULES,
    AbuseRules,
    Check,
    Circumstances,
    Recent,
    Ruling,
    Signal,
)
from tests.fakes.abuse import FakeRecent
from tests.samples import held

RULINGS = [Ruling.ALLOW, Ruling.REVIEW, Ruling.BLOCK]

counts = st.integers(min_value=0, max_value=1000)
weights = st.integers(min_value=0, max_value=200)
rules = st.builds(
    AbuseRules,
    per_customer=st.integers(1, 50),
    customer_weight=weights,
    per_actor=st.integers(1, 50),
    actor_weight=weights,
    times_usual=st.integers(1, 20),
    amount_weight=weights,
    disposable_weight=weights,
    country_weight=weights,
    currency_weight=weights,
    review_at=st.integers(1, 300),
    block_at=st.integers(1, 300),
)
circumstances = st.builds(
    Circumstances,
    recent=st.builds(
        Recent,
        by_customer=counts,
        by_actor=counts,
        usual=st.none() | st.just(Money(10_000, "GBP")),
    ),
    amount=st.integers(1, 500_000).map(lambda minor: Money(minor, "GBP")),
    disposable=st.booleans(),
    countries_differ=st.booleans(),
    foreign_currency=st.booleans(),
)


def found(
    by_customer: int = 0, by_actor: int = 0, usual: int | None = None, **more: Any
) -> Circumstances:
    calm = {"disposable": False, "countries_differ": False, "foreign_currency": False}
    members = {"amount": 18_000, **calm, **more}
    money = None if usual is None else Money(usual, "GBP")
    return Circumstances(
        recent=Recent(by_customer=by_customer, by_actor=by_actor, usual=money),
        **{**members, "amount": Money(members["amount"], "GBP")},
    )


def judged(**seen: Any) -> Check:
    return USUAL_RULES.judge(found(**seen))


@given(rules, circumstances, circumstances)
def test_whatever_is_found_besides_never_makes_it_less_suspicious(
    rules: AbuseRules, seen: Circumstances, more: Circumstances
) -> None:
    recent = attrs.evolve(
        seen.recent,
        by_customer=seen.recent.by_customer + more.recent.by_customer,
        by_actor=seen.recent.by_actor + more.recent.by_actor,
    )
    worse = Circumstances(
        recent=recent,
        amount=seen.amount + more.amount,
        disposable=seen.disposable or more.disposable,
        countries_differ=seen.countries_differ or more.countries_differ,
        foreign_currency=seen.foreign_currency or more.foreign_currency,
    )
    before, after = rules.judge(seen), rules.judge(worse)

    assert before.score <= after.score
    assert RULINGS.index(before.ruling) <= RULINGS.index(after.ruling)


@given(rules, circumstances)
def test_the_score_is_what_its_reasons_add_up_to(rules: AbuseRules, seen: Circumstances) -> None:
    check = rules.judge(seen)

    assert check.score == sum(reason.weight for reason in check.reasons)
    assert all(reason.weight > 0 for reason in check.reasons)


@given(rules)
def test_what_nobody_could_look_at_is_never_allowed(rules: AbuseRules) -> None:
    assert rules.unchecked().ruling is Ruling.REVIEW


@pytest.mark.parametrize(
    ("before", "score"), [(0, 0), (3, 0), (4, 30), (8, 30), (9, 60), (1000, 60)]
)
def test_from_the_fifth_payment_in_an_hour_on_it_weighs_and_from_the_tenth_twice(
    before: int, score: int
) -> None:
    assert judged(by_customer=before).score == score


@pytest.mark.parametrize(("usual", "score"), [(6_001, 0), (6_000, 20), (3_001, 20), (3_000, 40)])
def test_three_times_what_is_usual_weighs_and_six_times_twice(usual: int, score: int) -> None:
    assert judged(usual=usual).score == score


def test_what_is_usual_in_another_currency_says_nothing() -> None:
    usual = Recent(by_customer=0, by_actor=0, usual=Money(1, "EUR"))

    assert USUAL_RULES.judge(attrs.evolve(found(), recent=usual)).score == 0


def test_reasons_say_what_was_found() -> None:
    check = judged(by_customer=11, disposable=True, countries_differ=True)

    assert (check.score, check.ruling) == (115, Ruling.BLOCK)
    assert [(one.signal, one.weight, one.found, one.limit) for one in check.reasons] == [
        (Signal.EMAIL_VELOCITY, 60, 12, 5),
        (Signal.DISPOSABLE_EMAIL, 40, 1, 1),
        (Signal.COUNTRY_MISMATCH, 15, 1, 1),
    ]


def test_another_currency_weighs_what_the_desk_has_set_and_nothing_otherwise() -> None:
    foreign = found(foreign_currency=True)

    assert USUAL_RULES.judge(foreign).reasons == ()
    (reason,) = AbuseRules(currency_weight=25).judge(foreign).reasons
    assert (reason.signal, reason.weight) == (Signal.FOREIGN_CURRENCY, 25)


@pytest.mark.parametrize(
    ("currency", "country", "phone", "signals"),
    [
        ("GBP", "GB", None, []),
        ("EUR", "GB", None, [Signal.FOREIGN_CURRENCY]),
        ("EUR", "PT", "+442079460958", []),
        ("EUR", None, "+442079460958", [Signal.FOREIGN_CURRENCY]),
        ("GBP", None, "+442079460958", []),
        ("USD", "EC", None, []),
        ("EUR", "AQ", None, []),
        ("EUR", None, "+9990000000", []),
        ("EUR", None, None, []),
    ],
)
def test_what_is_paid_with_where_somebody_is_from(
    currency: str, country: str | None, phone: str | None, signals: list[Signal]
) -> None:
    booking = held(id=1)
    request = booking.agreement.request
    contact = attrs.evolve(request.contact, country=country, phone=phone)
    theirs = attrs.evolve(request, contact=contact)
    booking = attrs.evolve(booking, agreement=attrs.evolve(booking.agreement, request=theirs))
    checking = CheckingPayments(recent_payments=FakeRecent(), signs=OfflineSigns())
    recent = Recent(by_customer=0, by_actor=0, usual=None)
    rules = AbuseRules(country_weight=0, currency_weight=1)

    check = checking.check(booking, Money(100, currency), recent, rules)

    assert [reason.signal for reason in check.reasons] == signals


def test_addresses_to_throw_away_are_known_and_so_is_what_is_below_them() -> None:
    signs = OfflineSigns()

    for email in ("a@mailinator.com", "a@x.mailinator.com", "a@MAILINATOR.com"):
        assert signs.is_disposable(email)
    for email in (
        "ada@example.com",
        "a@gmail.com",
        "a@mailinator.com.example.org",
        "a@localhost",
        "a",
    ):
        assert not signs.is_disposable(email)


@pytest.mark.parametrize(
    ("phone", "countries"),
    [
        ("+442079460958", {"GB"}),
        ("+12125550123", {"US"}),
        ("+351211234567", {"PT"}),
        ("+9990000000", set()),
    ],
)
def test_countries_of_phone_numbers(phone: str, countries: set[str]) -> None:
    assert OfflineSigns().countries_of(phone) == countries
