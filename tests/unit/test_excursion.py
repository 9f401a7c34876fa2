"""Places in excursions."""

from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.excursion import (
    BadExcursion,
    BadParty,
    ChildTooYoung,
    Excursion,
    ExcursionBookingRequest,
    LanguageNotOffered,
    PartyDoesNotFit,
)
from domain.bookings.pricing import NamedRate, RatePlan
from domain.bookings.requests import BookingClosed, Charge, Demand, WrongKind
from domain.kernel.claims import Claim, whole_pool
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import NotSoldInParts, SoldWhole
from domain.kernel.periods import DateRange, Period, Zone
from tests.samples import ADA, DOUBLE_ROOMS, HOUR, LONDON, NOW, SECOND, day, pounds

ID = ResourceId(UUID(int=105))
STARTS_AT = datetime(2026, 12, 10, 9, tzinfo=timezone.utc)
DAY = date(2026, 12, 10)
RATES = RatePlan(price=pounds(40), named=(NamedRate(name="child", price=pounds(15)),))


def excursion(**changes: Any) -> Excursion:
    usual: dict[str, Any] = {
        "period": Period(STARTS_AT, STARTS_AT + 4 * HOUR),
        "location": "Setúbal",
        "meeting_point": "By the blue kiosk",
        "languages": ("en", "pt"),
    }
    return Excursion(**{**usual, **changes})


def party(adults: int = 1, *children: int, language: str = "en") -> ExcursionBookingRequest:
    return ExcursionBookingRequest(
        resource_id=ID, contact=ADA, adults=adults, children=children, language=language
    )


def demand_of(request: ExcursionBookingRequest, **changes: Any) -> Demand:
    return request.demand(excursion(**changes), LONDON, now=NOW)


def test_everybody_takes_a_place_and_children_are_charged_apart() -> None:
    demand = demand_of(party(2, 9, 6, 0))

    assert demand.claims == (Claim(whole_pool(ID), 5),)
    assert demand.charges == (
        Charge(day=DAY, units=2, label="adult", rate="adult"),
        Charge(day=DAY, units=3, label="child", rate="child"),
    )
    assert RATES.price_of(demand.charges).total == pounds(125)
    assert demand.period == excursion().period


@given(st.integers(1, 25), st.lists(st.integers(0, 17), max_size=25))
def test_claims_and_price_are_those_of_the_party(adults: int, ages: list[int]) -> None:
    demand = demand_of(party(adults, *ages))

    assert [claim.units for claim in demand.claims] == [adults + len(ages)]
    assert sum(charge.units for charge in demand.charges) == adults + len(ages)
    assert RATES.price_of(demand.charges).total == pounds(40 * adults + 15 * len(ages))


@pytest.mark.parametrize(("adults", "children"), [(0, (9,)), (-1, ()), (1, (18,)), (1, (-1,))])
def test_a_party_has_an_adult(adults: int, children: tuple[int, ...]) -> None:
    with pytest.raises(BadParty, match="a party has an adult"):
        party(adults, *children)


@pytest.mark.parametrize(("request_", "fits"), [(party(1), False), (party(1, 9), True)])
def test_small_parties_may_not_be_worth_it(
    request_: ExcursionBookingRequest, *, fits: bool
) -> None:
    if fits:
        assert demand_of(request_, smallest_party=2).claims
        return
    with pytest.raises(PartyDoesNotFit) as refused:
        demand_of(request_, smallest_party=2)
    assert str(refused.value) == "parties of 2 to 50 are taken, not of 1"


def test_large_parties_may_not_fit() -> None:
    assert demand_of(party(2, 5), largest_party=3).claims
    with pytest.raises(PartyDoesNotFit):
        demand_of(party(2, 5, 6), largest_party=3)


def test_some_excursions_are_not_for_small_children() -> None:
    assert demand_of(party(1, 6), youngest=6).claims
    with pytest.raises(ChildTooYoung, match="6 years old at least"):
        demand_of(party(1, 9, 5), youngest=6)


def test_an_excursion_is_led_in_the_languages_that_are_offered() -> None:
    assert demand_of(party(language="pt")).claims
    with pytest.raises(LanguageNotOffered, match="it is led in en, pt"):
        demand_of(party(language="de"))


def test_booking_closes_some_time_before_the_start() -> None:
    offering = excursion(closes_before=HOUR)
    closed_at = STARTS_AT - HOUR

    assert party().demand(offering, LONDON, now=closed_at - SECOND).closes_at == closed_at
    with pytest.raises(BookingClosed):
        party().demand(offering, LONDON, now=closed_at)


def test_rooms_are_no_excursion() -> None:
    with pytest.raises(WrongKind):
        party().demand(DOUBLE_ROOMS.offering, LONDON, now=NOW)


def test_places_are_sold_whole() -> None:
    there = Zone("Pacific/Pago_Pago")
    assert excursion().pools(ID, dates=None, zone=there) == {whole_pool(ID): date(2026, 12, 9)}
    with pytest.raises(SoldWhole):
        excursion().pools(ID, dates=DateRange(day(0), day(1)), zone=LONDON)
    with pytest.raises(NotSoldInParts):
        excursion().pools(ID, dates=None, zone=LONDON, part="front")


@pytest.mark.parametrize(
    "changes",
    [
        {"languages": ()},
        {"smallest_party": 0},
        {"smallest_party": 4, "largest_party": 3},
        {"closes_before": -timedelta(minutes=1)},
    ],
)
def test_excursions_make_sense(changes: dict[str, Any]) -> None:
    with pytest.raises(BadExcursion):
        excursion(**changes)


def test_an_excursion_is_found_by_where_it_is_and_what_it_is_about() -> None:
    assert excursion().takes_place == excursion().period
    assert excursion().facets == {"location": "Setúbal"}
    assert excursion(keywords=("boat",)).keywords == ("boat",)
    assert DOUBLE_ROOMS.offering.keywords == ()
