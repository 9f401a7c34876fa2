"""Hotel stays."""

from datetime import datetime, time, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.hotel import (
    BadStay,
    ChildrenAlone,
    EmptyRooms,
    FewerGuestsThanBeds,
    HotelBookingRequest,
    NightsNeeded,
    NoBeds,
    PriceTier,
    RoomType,
    TooManyAdults,
    TooManyGuests,
)
from domain.bookings.requests import Demand, InThePast, WrongKind
from domain.kernel.periods import DateRange, Zone
from domain.kernel.refusals import Invalid
from tests.samples import DAY, DOUBLE_ROOMS, FIRST_AID, LONDON, NOW, claims, day, hotel, night

ROOMS = RoomType(beds=2)


def demand_of(request: HotelBookingRequest, *, now: datetime = NOW) -> Demand:
    return request.demand(ROOMS, LONDON, now=now)


def test_a_stay_claims_its_rooms_night_by_night() -> None:
    demand = demand_of(hotel(1, 4, rooms=2))

    assert demand.claims == claims(1, 2, 3, units=2)
    assert [(c.day, c.units, c.label) for c in demand.charges] == [
        (day(number), 2, "night") for number in (1, 2, 3)
    ]


def test_a_stay_goes_from_check_in_to_check_out() -> None:
    rooms = RoomType(beds=2, check_in_from=time(16), check_out_by=time(10, 30))
    new_york = Zone("America/New_York")

    period = hotel(1, 3).demand(rooms, new_york, now=NOW).period

    assert period.starts_at == datetime(2026, 12, 2, 21, tzinfo=timezone.utc)
    assert period.ends_at == datetime(2026, 12, 4, 15, 30, tzinfo=timezone.utc)


def test_rooms_are_free_in_the_afternoon_and_left_in_the_morning() -> None:
    assert (ROOMS.check_in_from, ROOMS.check_out_by) == (time(15), time(11))


@given(first=st.integers(0, 400), length=st.integers(1, HotelBookingRequest.LONGEST_STAY))
def test_claims_ascend_with_the_nights(first: int, length: int) -> None:
    demand = demand_of(hotel(first, first + length))

    pools = [claim.pool_id for claim in demand.claims]
    assert pools == sorted(set(pools))
    assert len(pools) == len(demand.charges) == length
    assert set(pools) == set(
        ROOMS.pools(DOUBLE_ROOMS.id, dates=DateRange(day(first), day(first + length)), zone=LONDON)
    )


@pytest.mark.parametrize(("first", "until"), [(3, 3), (3, 2), (0, 91)])
def test_a_stay_has_a_reasonable_number_of_nights(first: int, until: int) -> None:
    with pytest.raises(BadStay) as refused:
        hotel(first, until)

    assert str(refused.value) == f"a stay lasts 1 to 90 nights, not {until - first}"
    assert refused.value.field == "check_out"


def test_the_longest_stay_is_a_stay() -> None:
    assert len(demand_of(hotel(0, 90)).claims) == 90


@pytest.mark.parametrize(("rooms", "guests"), [(1, 1), (1, 2), (2, 2), (2, 4)])
def test_guests_who_fit(rooms: int, guests: int) -> None:
    assert demand_of(hotel(rooms=rooms, guests=guests)).claims[0].units == rooms


@pytest.mark.parametrize(("rooms", "guests"), [(1, 3), (2, 5)])
def test_guests_must_fit_in_the_beds(rooms: int, guests: int) -> None:
    with pytest.raises(TooManyGuests) as refused:
        demand_of(hotel(rooms=rooms, guests=guests))

    assert str(refused.value) == f"{guests} guests do not fit in {rooms * 2} beds"
    assert refused.value.field == "guests"


@pytest.mark.parametrize(("rooms", "guests"), [(1, 0), (2, 1), (0, -1)])
def test_no_room_is_left_empty(rooms: int, guests: int) -> None:
    with pytest.raises(EmptyRooms, match="none empty") as refused:
        hotel(rooms=rooms, guests=guests)

    assert refused.value.field == "rooms"


@pytest.mark.parametrize("rooms", [0, -1])
def test_no_rooms_are_no_stay(rooms: int) -> None:
    with pytest.raises(Invalid):
        demand_of(hotel(rooms=rooms, guests=0))


@pytest.mark.parametrize(
    ("zone", "now", "is_past"),
    [
        # The night that begins on 2 December can be had as long as it is 2 December there.
        ("Europe/London", datetime(2026, 12, 2, 23, 59, tzinfo=timezone.utc), False),
        ("Europe/London", datetime(2026, 12, 3, 0, 0, tzinfo=timezone.utc), True),
        ("America/New_York", datetime(2026, 12, 3, 4, 59, tzinfo=timezone.utc), False),
        ("America/New_York", datetime(2026, 12, 3, 5, 0, tzinfo=timezone.utc), True),
        ("Pacific/Apia", datetime(2026, 12, 2, 10, 59, tzinfo=timezone.utc), False),
        ("Pacific/Apia", datetime(2026, 12, 2, 11, 0, tzinfo=timezone.utc), True),
    ],
)
def test_the_past_begins_where_the_hotel_is(zone: str, now: datetime, *, is_past: bool) -> None:
    request = hotel(1, 3)
    if not is_past:
        assert request.demand(ROOMS, Zone(zone), now=now).claims
        return
    with pytest.raises(InThePast, match="2026-12-02 is in the past where it takes place"):
        request.demand(ROOMS, Zone(zone), now=now)


def test_a_session_has_no_rooms() -> None:
    with pytest.raises(WrongKind) as refused:
        hotel().demand(FIRST_AID.offering, LONDON, now=NOW)

    assert str(refused.value) == "a hotel request cannot be made for a training resource"


def test_rooms_are_put_on_sale_by_the_night() -> None:
    assert RoomType.sold_by_day
    pools = ROOMS.pools(DOUBLE_ROOMS.id, dates=DateRange(day(1), day(3)), zone=LONDON)

    assert pools == {night(1): day(1), night(2): day(2)}
    with pytest.raises(NightsNeeded, match="from which to which"):
        ROOMS.pools(DOUBLE_ROOMS.id, dates=None, zone=LONDON)


def test_a_stay_over_a_clock_change_keeps_its_wall_times() -> None:
    request = attrs.evolve(
        hotel(),
        check_in=datetime(2027, 3, 27, tzinfo=timezone.utc).date(),
        check_out=datetime(2027, 3, 28, tzinfo=timezone.utc).date(),
    )
    period = demand_of(request).period

    assert period.ends_at - period.starts_at == DAY - timedelta(hours=5)
    assert LONDON.wall_time(period.ends_at).time() == time(11)


def test_a_room_has_a_bed() -> None:
    with pytest.raises(NoBeds, match="a bed at least"):
        RoomType(beds=0)


def test_a_stay_is_booked_until_its_first_day_is_over_there() -> None:
    demand = hotel(1, 3).demand(ROOMS, Zone("America/New_York"), now=NOW)

    assert demand.closes_at == datetime(2026, 12, 3, 5, tzinfo=timezone.utc)


def family(adults: int, children: int, *, rooms: int = 1) -> HotelBookingRequest:
    return attrs.evolve(hotel(rooms=rooms, guests=adults + children), children=children)


@pytest.mark.parametrize(("adults", "children", "rooms"), [(2, 1, 1), (1, 2, 1), (3, 3, 2)])
def test_children_sleep_in_extra_beds(adults: int, children: int, rooms: int) -> None:
    request = family(adults, children, rooms=rooms)

    assert request.demand(RoomType(beds=2, most_guests=3), LONDON, now=NOW).claims


def test_adults_do_not_sleep_in_extra_beds() -> None:
    with pytest.raises(TooManyAdults) as refused:
        family(3, 0).demand(RoomType(beds=2, most_guests=3), LONDON, now=NOW)

    assert str(refused.value) == "3 adults do not fit in 2 beds; extra beds are for children"


def test_extra_beds_are_counted_as_well() -> None:
    with pytest.raises(TooManyGuests):
        family(2, 2).demand(RoomType(beds=2, most_guests=3), LONDON, now=NOW)


@pytest.mark.parametrize(("adults", "children", "rooms"), [(0, 2, 1), (1, 1, 2), (3, -1, 1)])
def test_every_room_has_an_adult(adults: int, children: int, rooms: int) -> None:
    with pytest.raises(ChildrenAlone):
        family(adults, children, rooms=rooms).demand(RoomType(beds=4), LONDON, now=NOW)


def test_guests_and_beds_are_not_told_the_wrong_way_round() -> None:
    with pytest.raises(FewerGuestsThanBeds, match="with extra beds, more"):
        RoomType(beds=3, most_guests=2)


def test_a_hotel_is_found_by_where_it_is_and_what_it_charges() -> None:
    assert RoomType(beds=2).facets == {}
    rooms = RoomType(beds=2, hotel="Miramar", location="Cascais", tier=PriceTier.LUXURY)
    assert rooms.facets == {"hotel": "Miramar", "location": "Cascais", "tier": "luxury"}
