"""Car rental."""

from datetime import date, datetime, time, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.car import (
    BadCarClass,
    CarBookingRequest,
    CarClass,
    CarTier,
    ClosedAtPickUp,
    ClosedAtReturn,
    DaysNeeded,
    DriverTooYoung,
    NotCounted,
    RentalTooLong,
    SoldBy,
)
from domain.bookings.requests import BookingClosed, Demand, WrongKind
from domain.kernel.claims import Claim, IntervalClaim, day_pool
from domain.kernel.hours import BadHours, Weekday, WeeklyHours
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import NotSoldInParts
from domain.kernel.periods import BadPeriod, DateRange, Period, Zone
from domain.kernel.refusals import Invalid
from tests.samples import ADA, FIRST_AID, HOUR, LONDON, MINUTE

CARS = ResourceId(FIRST_AID.id)
NOW = datetime(2027, 2, 1, tzinfo=timezone.utc)
BY_DAYS = CarClass(station="Heathrow", youngest_driver=21, turnaround=HOUR)
BY_HOURS = attrs.evolve(BY_DAYS, sold_by=SoldBy.HOURS)
WEEKDAYS = WeeklyHours(days=tuple(Weekday)[:5], opens=time(8), closes=time(18))


def wall(day: int, hour: float = 10, *, month: int = 3, zone: Zone = LONDON) -> datetime:
    hours, minutes = divmod(round(hour * 60), 60)
    return zone.moment(date(2027, month, day), time(hours, minutes))


def rental(pick_up_at: datetime, return_at: datetime, *, age: int = 30) -> CarBookingRequest:
    return CarBookingRequest(
        resource_id=CARS, contact=ADA, pick_up_at=pick_up_at, return_at=return_at, driver_age=age
    )


def demand(request: CarBookingRequest, cars: CarClass = BY_DAYS, *, now: datetime = NOW) -> Demand:
    return request.demand(cars, LONDON, now=now)


def test_by_the_day_one_car_is_claimed_on_every_date_it_is_somebodys() -> None:
    demanded = demand(rental(wall(1), wall(3)))

    days = [date(2027, 3, number) for number in (1, 2, 3)]
    assert demanded.claims == tuple(Claim(day_pool(CARS, day), 1) for day in days)
    assert demanded.intervals == ()
    assert demanded.period == Period(wall(1), wall(3))
    assert demanded.closes_at == wall(1)


@pytest.mark.parametrize(
    ("returned", "turnaround", "last"),
    [(22, HOUR, 1), (23, HOUR, 1), (23.5, HOUR, 2), (23.5, timedelta(), 1), (23, 26 * HOUR, 3)],
)
def test_the_car_is_needed_until_it_can_be_given_to_somebody_else(
    returned: float, turnaround: timedelta, last: int
) -> None:
    cars = attrs.evolve(BY_DAYS, turnaround=turnaround)

    claims = demand(rental(wall(1), wall(1, returned)), cars).claims

    assert claims[-1].pool_id == day_pool(CARS, date(2027, 3, last))


def test_by_the_hour_a_car_is_claimed_for_the_time_and_what_it_needs_then() -> None:
    demanded = demand(rental(wall(1), wall(1, 14.5)), BY_HOURS)

    wanted = IntervalClaim(resource_id=CARS, period=Period(wall(1), wall(1, 15.5)))
    assert (demanded.claims, demanded.intervals) == ((), (wanted,))
    assert demanded.period == Period(wall(1), wall(1, 14.5))


@pytest.mark.parametrize(
    ("pick_up", "returned", "days"),
    [
        (wall(1), wall(1, 10.02), 1),
        (wall(1), wall(2), 1),
        (wall(1), wall(2, 10.02), 2),
        (wall(27), wall(28), 1),  # 23 hours: the clock goes forward
        (wall(30, month=10), wall(31, month=10), 1),  # 25 hours: it goes back
        (wall(30, month=10), wall(31, 10.02, month=10), 2),
        # An hour is shown twice: picked up in the first, returned in the second, earlier.
        (wall(31, 1.5, month=10), wall(31, 1.5, month=10) + 45 * MINUTE, 1),
    ],
)
def test_days_begun_are_charged(pick_up: datetime, returned: datetime, days: int) -> None:
    charges = demand(rental(pick_up, returned)).charges

    first = LONDON.date_at(pick_up)
    assert [(one.day, one.units, one.label) for one in charges] == [
        (first + timedelta(days=number), 1, "day") for number in range(days)
    ]


@pytest.mark.parametrize(
    ("pick_up", "returned", "at_most", "units"),
    [
        (wall(1), wall(1, 11), 24, [1]),
        (wall(1), wall(1, 11.02), 24, [2]),
        (wall(1), wall(2), 24, [24]),
        (wall(1), wall(2), 8, [8]),
        (wall(1), wall(2, 12), 8, [8, 2]),
        (wall(1), wall(3, 22), 8, [8, 8, 8]),
        (wall(28, 0.5), wall(28, 2.5), 24, [1]),  # from 1 to 2 there is nothing
        (wall(31, 0.5, month=10), wall(31, 2.5, month=10), 24, [3]),
    ],
)
def test_hours_begun_are_charged(
    pick_up: datetime, returned: datetime, at_most: int, units: list[int]
) -> None:
    cars = attrs.evolve(BY_HOURS, hours_charged=at_most)

    charges = demand(rental(pick_up, returned), cars).charges

    assert [one.units for one in charges] == units
    assert {one.label for one in charges} == {"hour"}


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        (rental(wall(1), wall(3), age=20), DriverTooYoung),
        (rental(wall(1), wall(1) + timedelta(days=60, minutes=1)), RentalTooLong),
        (rental(NOW, NOW + HOUR), BookingClosed),
        (rental(NOW - HOUR, NOW + HOUR), BookingClosed),
    ],
)
def test_what_breaks_a_rule_is_refused(
    request_: CarBookingRequest, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        demand(request_)


def test_what_just_keeps_the_rules_is_accepted() -> None:
    assert demand(rental(wall(1), wall(1) + timedelta(days=60), age=21)).charges
    assert demand(rental(NOW + MINUTE, NOW + HOUR)).charges


@pytest.mark.parametrize(
    ("pick_up", "returned", "refusal"),
    [
        (wall(1, 7.99), wall(2), ClosedAtPickUp),
        (wall(6), wall(8), ClosedAtPickUp),  # a Saturday
        (wall(1), wall(1, 18.02), ClosedAtReturn),
        (wall(1), wall(7), ClosedAtReturn),
        # 8 in London, whatever the clock in London is at.
        (datetime(2027, 3, 29, 6, 59, tzinfo=timezone.utc), wall(29, 12), ClosedAtPickUp),
        (datetime(2027, 3, 26, 7, 59, tzinfo=timezone.utc), wall(26, 12), ClosedAtPickUp),
    ],
)
def test_somebody_has_to_be_at_the_desk(
    pick_up: datetime, returned: datetime, refusal: type[Invalid]
) -> None:
    cars = attrs.evolve(BY_DAYS, opening=(WEEKDAYS,))

    with pytest.raises(refusal):
        demand(rental(pick_up, returned), cars)


def test_a_desk_is_open_from_the_first_minute_to_the_last() -> None:
    cars = attrs.evolve(BY_DAYS, opening=(WEEKDAYS,))

    assert demand(rental(wall(1, 8), wall(5, 18)), cars).claims
    assert demand(rental(wall(29, 8), wall(30, 18)), cars).claims  # in summer time


def test_nobody_returns_what_was_not_picked_up() -> None:
    for returned in (wall(1), wall(1) - HOUR):
        with pytest.raises(BadPeriod):
            rental(wall(1), returned)
    with pytest.raises(BadPeriod):
        rental(datetime(2027, 3, 1), datetime(2027, 3, 2))  # noqa: DTZ001


def test_only_cars_are_rented() -> None:
    with pytest.raises(WrongKind):
        rental(wall(1), wall(2)).demand(FIRST_AID.offering, LONDON, now=NOW)


def test_classes_make_sense() -> None:
    for change in ({"turnaround": -MINUTE}, {"hours_charged": 0}, {"hours_charged": 25}):
        with pytest.raises(BadCarClass):
            attrs.evolve(BY_DAYS, **change)
    for hours in ((time(8), time(8)), (time(18), time(8))):
        with pytest.raises(BadHours):
            WeeklyHours(days=(Weekday.MONDAY,), opens=hours[0], closes=hours[1])
    with pytest.raises(BadHours):
        WeeklyHours(days=(), opens=time(8), closes=time(18))


def test_they_are_counted_by_the_day_or_not_at_all() -> None:
    days = DateRange(date(2027, 3, 1), date(2027, 3, 3))

    assert list(BY_DAYS.pools(CARS, dates=days, zone=LONDON).values()) == list(days.days)
    with pytest.raises(DaysNeeded):
        BY_DAYS.pools(CARS, dates=None, zone=LONDON)
    with pytest.raises(NotSoldInParts):
        BY_DAYS.pools(CARS, dates=days, zone=LONDON, part="diesel")
    with pytest.raises(NotCounted):
        BY_HOURS.pools(CARS, dates=days, zone=LONDON)


def test_they_are_found_by_what_is_known_of_them() -> None:
    told = attrs.evolve(BY_DAYS, location="London", company="Wheels", tier=CarTier.BUDGET)

    assert BY_DAYS.facets == {"station": "Heathrow"}
    assert told.facets == {
        "station": "Heathrow",
        "location": "London",
        "company": "Wheels",
        "tier": "budget",
    }


moments = st.datetimes(datetime(2027, 3, 1), datetime(2027, 11, 30)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=timezone.utc)
)
lengths = st.integers(1, 20 * 24 * 60).map(lambda minutes: minutes * MINUTE)


@given(moments, lengths, lengths)
def test_who_rents_longer_never_pays_less(
    begin: datetime, short: timedelta, more: timedelta
) -> None:
    for cars in (BY_DAYS, BY_HOURS, attrs.evolve(BY_HOURS, hours_charged=7)):
        costs = [
            sum(one.units for one in demand(rental(begin, begin + length), cars).charges)
            for length in (short, short + more)
        ]
        assert 0 < costs[0] <= costs[1]


@given(moments, lengths)
def test_every_moment_of_a_rental_lies_in_a_claim(begin: datetime, length: timedelta) -> None:
    request = rental(begin, begin + length)
    claimed = {claim.pool_id for claim in demand(request).claims}
    (interval,) = demand(request, BY_HOURS).intervals

    needed = [begin + part * (length + HOUR) // 10 for part in range(10)]
    assert {day_pool(CARS, LONDON.date_at(moment)) for moment in needed} <= claimed
    assert interval.period.ends_at == begin + length + HOUR
