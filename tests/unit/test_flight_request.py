"""Seats in flights: what a segment claims, and what it may become."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.flight_refusals import (
    BadPassengers,
    CarrierFixed,
    ChangeClosed,
    ChildrenFlyAlone,
    FareClassNotSold,
    GroupBooking,
    NoSuchSeat,
    PassengersFixed,
    RouteFixed,
    SeatChosenTwice,
    SeatForEach,
    TravelsTwice,
)
from domain.bookings.flight_request import FlightBookingRequest, Passenger, PassengerType
from domain.bookings.pricing import NamedRate, RatePlan
from domain.bookings.requests import BookingClosed, Charge, Demand, KindFixed, WrongKind
from domain.bookings.seat_maps import FareClass
from domain.kernel.claims import Claim, ExclusiveClaim
from domain.kernel.offerings import Offering
from domain.kernel.refusals import Refusal
from tests.flights import (
    DEPARTS_AT,
    EVENING,
    MORNING,
    fare_pool,
    flight,
    seated,
    segment,
)
from tests.samples import DOUBLE_ROOMS, HOUR, LONDON, MINUTE, NOW, SECOND, hotel, pounds

PARTY = tuple(f"Guest {number}" for number in range(10))
CHILD, INFANT = PassengerType.CHILD, PassengerType.INFANT
FARES = RatePlan(price=pounds(80), named=(NamedRate(name="business", price=pounds(400)),))


def demand_of(request: FlightBookingRequest) -> Demand:
    return request.demand(MORNING.offering, LONDON, now=NOW)


def seat(name: str) -> ExclusiveClaim:
    return ExclusiveClaim(resource_id=MORNING.id, what="seat", name=name)


def test_a_segment_claims_units_of_its_fare_class_and_the_seats_that_were_chosen() -> None:
    demand = demand_of(segment(*seated(Bert="12C", Ada="10A"), "Eve Adams"))

    assert demand.claims == (Claim(fare_pool(MORNING), 3),)
    assert demand.exclusives == (seat("10A"), seat("12C"))
    assert demand.charges == (
        Charge(day=date(2026, 12, 10), units=3, label="economy", rate="economy"),
    )
    assert demand.period == flight().period


def test_a_fare_class_has_a_pool_and_a_price_of_its_own() -> None:
    economy, business = segment("Ada"), segment("Ada", fare_class=FareClass.BUSINESS)

    assert demand_of(business).claims != demand_of(economy).claims
    assert FARES.price_of(demand_of(economy).charges).total == pounds(80)
    assert FARES.price_of(demand_of(business).charges).total == pounds(400)


@pytest.mark.parametrize("number", [10, 50])
def test_a_group_is_told_to_call(number: int) -> None:
    with pytest.raises(GroupBooking) as refused:
        demand_of(segment(*(PARTY * 5)[:number]))

    assert str(refused.value) == (
        f"{number} passengers are a group, which is not booked online: "
        "call the desk for more than 9"
    )


def test_nine_are_no_group() -> None:
    assert demand_of(segment(*PARTY[:9])).claims == (Claim(fare_pool(MORNING), 9),)


@pytest.mark.parametrize(
    "types", [(CHILD,), (INFANT,), (PassengerType.ADULT, INFANT, INFANT), (CHILD, INFANT)]
)
def test_children_have_an_adult_with_them(types: tuple[PassengerType, ...]) -> None:
    party = [Passenger(name=f"Guest {n}", type=type_) for n, type_ in enumerate(types)]
    with pytest.raises(ChildrenFlyAlone):
        demand_of(segment(*party))


@pytest.mark.parametrize("name", ["", "A", " A ", "A" * 101, "A\x00B"])
def test_passengers_have_names(name: str) -> None:
    with pytest.raises(BadPassengers) as refused:
        segment("Ada Lovelace", name)

    assert "Ada" not in f"{refused.value!r} {refused.value}"


def test_names_stay_out_of_logs() -> None:
    shown = repr(segment(Passenger(name="Bert Brecht", person="P123")))

    assert "Bert" not in shown
    assert "P123" not in shown


def test_somebody_flies() -> None:
    with pytest.raises(BadPassengers):
        attrs.evolve(segment(), passengers=())


@pytest.mark.parametrize("wanted", ["13A", "1A", "99Z", "nonsense"])
def test_a_seat_is_one_of_the_fare_class(wanted: str) -> None:
    with pytest.raises(NoSuchSeat) as refused:
        demand_of(segment(*seated(Ada="10A", Bert=wanted)))

    assert refused.value.seats == (wanted,)


def test_two_passengers_do_not_share_a_seat() -> None:
    with pytest.raises(SeatChosenTwice):
        demand_of(segment(*seated(Ada="10A", Bert="10A")))


def test_a_flight_without_a_fare_class_does_not_sell_it() -> None:
    with pytest.raises(FareClassNotSold, match="no comfort class"):
        demand_of(segment("Ada", fare_class=FareClass.COMFORT))


def test_a_person_has_one_seat_of_a_flight() -> None:
    twin = Passenger(name="Wei Li", person="P1")
    with pytest.raises(TravelsTwice):
        demand_of(segment(twin, attrs.evolve(twin, seat="10A")))
    [here] = demand_of(segment(twin)).exclusives
    [there] = segment(twin, on=EVENING).demand(EVENING.offering, LONDON, now=NOW).exclusives

    assert here.what == "passenger"
    assert "P1" not in here.name
    assert here == demand_of(segment(attrs.evolve(twin, name="Li Wei"))).exclusives[0]
    assert (here.resource_id, here.name) != (there.resource_id, there.name)
    assert here.name != there.name


def test_namesakes_may_fly_together() -> None:
    assert demand_of(segment("Wei Li", "Wei Li")).claims[0].units == 2


def test_booking_closes_before_the_departure() -> None:
    closed_at = DEPARTS_AT - 45 * MINUTE
    assert (
        segment().demand(MORNING.offering, LONDON, now=closed_at - SECOND).closes_at == closed_at
    )
    with pytest.raises(BookingClosed):
        segment().demand(MORNING.offering, LONDON, now=closed_at)


def test_rooms_do_not_fly() -> None:
    with pytest.raises(WrongKind, match="a flight request cannot be made for a hotel resource"):
        segment().demand(DOUBLE_ROOMS.offering, LONDON, now=NOW)


def change(
    other: FlightBookingRequest, after: Offering = EVENING.offering, *, before_hours: float = 4
) -> None:
    segment("Ada Lovelace", "Bert Brecht").may_become(
        other,
        offering_before=MORNING.offering,
        offering_after=after,
        now=DEPARTS_AT - before_hours * HOUR,
    )


SAME = segment("Bert Brecht", " ada  LOVELACE", on=EVENING)


@pytest.mark.parametrize("fare_class", FareClass)
def test_another_flight_of_the_same_route_and_carrier(fare_class: FareClass) -> None:
    change(attrs.evolve(SAME, fare_class=fare_class))


@pytest.mark.parametrize("hours", [3, 1, 0, -1])
def test_a_flight_is_changed_until_three_hours_before_it_departs(hours: int) -> None:
    with pytest.raises(ChangeClosed) as refused:
        change(SAME, before_hours=hours)

    assert refused.value.closed_at == DEPARTS_AT - 3 * HOUR
    change(SAME, before_hours=3 + 1 / 3600)


@pytest.mark.parametrize(
    ("other", "after", "refusal"),
    [
        (SAME, flight(origin="LGW"), RouteFixed),
        (SAME, flight(destination="OPO"), RouteFixed),
        (SAME, flight(origin="LIS", destination="LHR"), RouteFixed),
        (SAME, flight(carrier="TP"), CarrierFixed),
        (segment("Ada Lovelace"), EVENING.offering, PassengersFixed),
        (segment("Ada Lovelace", "Eve Adams"), EVENING.offering, PassengersFixed),
        (segment("Ada Lovelace", "Bert Brecht", "Eve"), EVENING.offering, PassengersFixed),
        (segment("Ada Lovelace", "Ada Lovelace"), EVENING.offering, PassengersFixed),
    ],
)
def test_route_carrier_and_passengers_are_fixed(
    other: FlightBookingRequest, after: Offering, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        change(other, after)


def test_a_segment_never_becomes_a_stay() -> None:
    with pytest.raises(KindFixed):
        segment().may_become(
            hotel(), offering_before=MORNING.offering, offering_after=EVENING.offering, now=NOW
        )


def kept_seats(
    other: FlightBookingRequest, *taken: str, after: Offering | None = None
) -> list[str | None]:
    became = segment(*seated(Ada="10A", Bert="14C")).carried_over(
        other,
        offering_after=after or EVENING.offering,
        taken=[seat(name) for name in taken],
    )
    assert isinstance(became, FlightBookingRequest)
    return [passenger.seat for passenger in became.passengers]


def test_seats_carry_over_where_they_are_there_and_free() -> None:
    other = segment("Bert", "Ada", on=EVENING)
    small = flight(cabins=(attrs.evolve(CABIN, seats=CABIN.seats[:1]),))

    assert kept_seats(other) == ["14C", "10A"]
    assert kept_seats(other, "14C", "10B") == [None, "10A"]
    assert kept_seats(other, after=small) == [None, "10A"]
    assert kept_seats(attrs.evolve(other, fare_class=FareClass.BUSINESS)) == [None, None]


def test_a_seat_that_was_chosen_anew_is_not_overruled() -> None:
    assert kept_seats(segment(*seated(Ada="11A"), "Bert", on=EVENING)) == ["11A", "14C"]
    assert kept_seats(segment(*seated(Bert="10A"), "Ada", on=EVENING)) == ["10A", None]


CABIN = flight().cabins[1]


def test_every_passenger_is_given_a_seat_or_none() -> None:
    request = segment("Ada", "Bert").seated(["10A", None])

    assert [passenger.seat for passenger in request.passengers] == ["10A", None]
    with pytest.raises(SeatForEach, match="each of the 2 passengers"):
        request.seated(["10A"])


seats_of_economy = st.sampled_from(
    [f"{row}{letter}" for row in (10, 11, 12) for letter in "ABCDEF"]
)
parties = st.integers(1, 9).flatmap(
    lambda size: st.lists(
        st.one_of(st.none(), seats_of_economy), min_size=size, max_size=size
    ).filter(lambda seats: len(chosen := [s for s in seats if s]) == len(set(chosen)))
)


@given(parties, st.sampled_from([FareClass.ECONOMY, FareClass.BUSINESS]))
def test_claims_and_price_are_those_of_the_party(
    seats: list[str | None], fare_class: FareClass
) -> None:
    chosen = seats if fare_class is FareClass.ECONOMY else [None] * len(seats)
    request = segment(*PARTY[: len(seats)], fare_class=fare_class).seated(chosen)
    demand = demand_of(request)
    price = FARES.price_of(demand.charges)

    assert len({claim.pool_id for claim in demand.claims}) == len(demand.claims)
    assert sum(claim.units for claim in demand.claims) == len(seats)
    assert {claim.name for claim in demand.exclusives} == {name for name in chosen if name}
    assert price.total == FARES.unit_price(date(2026, 12, 10), fare_class.value) * len(seats)
