"""Restrictions of stays, by date."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.hotel import RoomType
from domain.bookings.requests import Demand
from domain.bookings.stay_restrictions import (
    BadRestriction,
    ClosedToArrival,
    ClosedToDeparture,
    StayRestriction,
    StayTooLong,
    StayTooShort,
)
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Refusal
from tests.samples import LONDON, NOW, day, hotel


def restricted(first: int, until: int, **rules: Any) -> StayRestriction:
    return StayRestriction(dates=DateRange(day(first), day(until)), **rules)


def demand_of(first: int, until: int, *restrictions: StayRestriction) -> Demand:
    rooms = RoomType(beds=2, restrictions=restrictions)
    return hotel(first, until).demand(rooms, LONDON, now=NOW)


@pytest.mark.parametrize(
    ("rules", "stay", "refusal", "words"),
    [
        (
            {"least_nights": 3},
            (2, 4),
            StayTooShort,
            "whoever arrives on 2026-12-03 stays 3 nights at least",
        ),
        (
            {"most_nights": 2},
            (2, 5),
            StayTooLong,
            "whoever arrives on 2026-12-03 stays 2 nights at most",
        ),
        ({"closed_to_arrival": True}, (2, 9), ClosedToArrival, "nobody may arrive on 2026-12-03"),
        (
            {"closed_to_departure": True},
            (0, 2),
            ClosedToDeparture,
            "nobody may depart on 2026-12-03",
        ),
    ],
)
def test_a_refusal_says_which_rule_and_which_date(
    rules: dict[str, Any], stay: tuple[int, int], refusal: type[Refusal], words: str
) -> None:
    with pytest.raises(refusal) as refused:
        demand_of(*stay, restricted(2, 3, **rules))

    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("rules", "stay"),
    [
        ({"least_nights": 3}, (2, 5)),
        ({"least_nights": 3}, (1, 3)),  # it begins the day before
        ({"least_nights": 3}, (3, 4)),  # and the day after
        ({"most_nights": 2}, (2, 4)),
        ({"most_nights": 2}, (0, 9)),
        ({"closed_to_arrival": True}, (1, 5)),
        ({"closed_to_arrival": True}, (1, 2)),
        ({"closed_to_departure": True}, (2, 5)),
        ({"closed_to_departure": True}, (1, 3)),
    ],
)
def test_what_a_restriction_lets_pass(rules: dict[str, Any], stay: tuple[int, int]) -> None:
    assert demand_of(*stay, restricted(2, 3, **rules)).claims


def test_every_restriction_of_a_date_holds() -> None:
    with pytest.raises(StayTooShort) as refused:
        demand_of(2, 4, restricted(0, 9, least_nights=2), restricted(2, 3, least_nights=4))

    assert refused.value.least == 4


@pytest.mark.parametrize(
    "rules", [{}, {"least_nights": 0}, {"least_nights": 3, "most_nights": 2}, {"most_nights": 0}]
)
def test_a_restriction_restricts_something(rules: dict[str, Any]) -> None:
    with pytest.raises(BadRestriction, match="restricts something"):
        restricted(0, 1, **rules)


lengths = st.integers(1, 6)
restrictions = st.builds(
    lambda first, days, rules: restricted(first, first + days, **rules),
    st.integers(0, 8),
    lengths,
    st.fixed_dictionaries(
        {"least_nights": st.integers(2, 4)},
        optional={
            "most_nights": st.integers(4, 6),
            "closed_to_arrival": st.booleans(),
            "closed_to_departure": st.booleans(),
        },
    ),
)


@given(st.integers(0, 8), lengths, st.lists(restrictions, max_size=4))
def test_a_stay_is_refused_exactly_if_one_restriction_refuses_it(
    first: int, nights: int, rules: list[StayRestriction]
) -> None:
    def passes(*tried: StayRestriction) -> bool:
        try:
            return bool(demand_of(first, first + nights, *tried).claims)
        except (StayTooShort, StayTooLong, ClosedToArrival, ClosedToDeparture):
            return False

    assert passes(*rules) == all(passes(rule) for rule in rules)
    assert passes(*rules) == all(_by_hand(first, nights, rule) for rule in rules)


def _by_hand(first: int, nights: int, rule: StayRestriction) -> bool:
    arrives, departs = day(first), day(first + nights)
    members = attrs.asdict(rule, recurse=False)
    most = members["most_nights"] or nights
    if members["dates"].first <= arrives < members["dates"].until and (
        members["closed_to_arrival"] or not members["least_nights"] <= nights <= most
    ):
        return False
    leaves = members["dates"].first <= departs < members["dates"].until
    return not (leaves and members["closed_to_departure"])
