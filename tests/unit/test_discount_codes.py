"""What a discount code is good for, and why not."""

from typing import Any
from uuid import UUID

import attrs
import pytest

from domain.bookings.discount_codes import (
    BadDiscountCode,
    CodeTerms,
    DiscountBelowMinimum,
    DiscountCode,
    DiscountInOtherCurrency,
    DiscountNoLongerValid,
    DiscountNotForThis,
    DiscountNotYetValid,
)
from domain.bookings.discounts import Discount, FixedAmount, Percentage
from domain.kernel.claims import Claim
from domain.kernel.identifiers import DiscountCodeId
from domain.kernel.money import Money
from domain.kernel.refusals import Refusal
from tests.samples import DAY, DOUBLE_ROOMS, FIRST_AID, NOW, SECOND, pounds

TEN = Percentage(percent=10)
SPRING = DiscountCode.create(
    DiscountCodeId(UUID(int=1)), "SPRING", CodeTerms(worth=TEN, limit=5), now=NOW
)


def good_for(**terms: Any) -> DiscountCode:
    return attrs.evolve(SPRING, terms=attrs.evolve(SPRING.terms, **terms))


def used(code: DiscountCode) -> Discount:
    code.must_be_valid(now=NOW)
    return code.discount_on(pounds(100), resource_id=DOUBLE_ROOMS.id, kind="hotel")


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"worth": FixedAmount(amount=pounds(5)), "minimum": pounds(100)},
        {"valid_from": NOW, "valid_until": NOW + SECOND},
        {"resource_ids": (FIRST_AID.id, DOUBLE_ROOMS.id)},
        {"kinds": ("flight", "hotel")},
    ],
)
def test_a_code_is_good_for_what_it_says(terms: dict[str, Any]) -> None:
    code = good_for(**terms)

    assert used(code) == Discount(label="code SPRING", worth=code.terms.worth)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"valid_from": NOW + SECOND}, DiscountNotYetValid("SPRING", NOW + SECOND)),
        ({"valid_until": NOW}, DiscountNoLongerValid("SPRING")),
        ({"minimum": pounds(101)}, DiscountBelowMinimum("SPRING", pounds(101))),
        ({"minimum": Money(1, "EUR")}, DiscountInOtherCurrency("SPRING", "EUR")),
        (
            {"worth": FixedAmount(amount=Money(1, "EUR"))},
            DiscountInOtherCurrency("SPRING", "EUR"),
        ),
        ({"resource_ids": (FIRST_AID.id,)}, DiscountNotForThis("SPRING")),
        ({"kinds": ("training",)}, DiscountNotForThis("SPRING")),
    ],
)
def test_a_code_says_why_it_is_good_for_nothing(terms: dict[str, Any], refusal: Refusal) -> None:
    with pytest.raises(type(refusal)) as refused:
        used(good_for(**terms))

    assert attrs.asdict(refused.value) == attrs.asdict(refusal)


def test_a_code_that_was_deactivated_is_no_longer_valid() -> None:
    ended = SPRING.change(SPRING.terms, active=False, now=NOW)

    assert [event.name for event in ended.events] == [
        "discount_code_created",
        "discount_code_changed",
    ]
    with pytest.raises(DiscountNoLongerValid):
        used(ended)
    assert used(ended.change(SPRING.terms, active=True, now=NOW)) == used(SPRING)


def test_uses_are_counted_with_a_limit_and_without() -> None:
    assert (SPRING.one_use, SPRING.capacity) == (Claim(SPRING.pool_id, 1), 5)
    assert SPRING.pool_id == "code:SPRING"
    assert good_for(limit=None).capacity == DiscountCode.UNLIMITED


@pytest.mark.parametrize(
    "terms",
    [
        {"limit": 0},
        {"minimum": pounds(-1)},
        {"worth": FixedAmount(amount=Money(1, "EUR")), "minimum": pounds(1)},
        {"valid_from": NOW, "valid_until": NOW},
        {"valid_from": NOW, "valid_until": NOW - DAY},
    ],
)
def test_terms_that_contradict_themselves_are_refused(terms: dict[str, Any]) -> None:
    with pytest.raises(BadDiscountCode):
        good_for(**terms)
