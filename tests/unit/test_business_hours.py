"""Business time: several times a day, holidays, clocks that are moved."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calls.business_hours import BadShift, BusinessHours, Shift
from domain.kernel.hours import Weekday
from domain.kernel.periods import Zone

LISBON = Zone("Europe/Lisbon")
WORKDAYS = tuple(Weekday)[:5]
MORNING = Shift(days=WORKDAYS, opens=time(9), closes=time(13))
AFTERNOON = Shift(days=WORKDAYS, opens=time(14), closes=time(18))
DESK = BusinessHours(zone=LISBON, shifts=(AFTERNOON, MORNING), holidays=(date(2027, 3, 2),))
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """In Lisbon, which goes by UTC in winter."""
    return LISBON.moment(date(2027, month, day), time(hour, minute))


@pytest.mark.parametrize(
    ("start", "worked", "then"),
    [
        (at(1, 9), HOUR, at(1, 10)),
        (at(1, 12, 30), HOUR, at(1, 14, 30)),  # over lunch
        (at(1, 17, 30), HOUR, at(3, 9, 30)),  # over a night and a holiday
        (at(5, 17, 30), HOUR, at(8, 9, 30)),  # over a weekend
        (at(1, 7), HOUR, at(1, 10)),  # before it opens
        (at(1, 9), 4 * HOUR, at(1, 13)),  # until the very end of a shift
        (at(1, 9), 8 * HOUR, at(1, 18)),
        (at(6, 12), timedelta(), at(8, 9)),  # closed: nothing is due before it opens
    ],
)
def test_time_passes_only_while_the_desk_is_open(
    start: datetime, worked: timedelta, then: datetime
) -> None:
    assert DESK.after(start, worked) == then
    assert DESK.between(start, then) == worked


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 3, 27), 24), (date(2027, 10, 31), 25)]
)
def test_days_on_which_clocks_are_moved_are_as_long_as_they_are(day: date, hours: int) -> None:
    always = BusinessHours(zone=LISBON)
    midnight = LISBON.moment(day, time())

    assert always.between(midnight, LISBON.moment(day + timedelta(days=1), time())) == hours * HOUR


def test_a_night_shift_ends_at_midnight_and_goes_on_after_it() -> None:
    late = Shift(days=(Weekday.SATURDAY,), opens=time(20), closes=time())
    early = Shift(days=(Weekday.SUNDAY,), opens=time(), closes=time(4))
    nights = BusinessHours(zone=LISBON, shifts=(late, early))

    # On the 28th it is two o'clock an hour early.
    assert nights.after(at(27, 23), 3 * HOUR) == at(27, 23) + 3 * HOUR
    assert nights.between(at(27, 0), at(29, 0)) == 7 * HOUR


def test_overlapping_shifts_count_once() -> None:
    twice = BusinessHours(zone=LISBON, shifts=(MORNING, MORNING, AFTERNOON))
    around = Shift(days=WORKDAYS, opens=time(10), closes=time(11))

    assert twice.between(at(1, 0), at(2, 0)) == 8 * HOUR
    assert BusinessHours(zone=LISBON, shifts=(MORNING, around)).between(at(1, 0), at(2, 0)) == (
        4 * HOUR
    )


@pytest.mark.parametrize(
    ("days", "opens", "closes"),
    [((), time(9), time(10)), (WORKDAYS, time(10), time(10)), (WORKDAYS, time(22), time(2))],
)
def test_shifts_end_after_they_begin(days: tuple[Weekday, ...], opens: time, closes: time) -> None:
    with pytest.raises(BadShift):
        Shift(days=days, opens=opens, closes=closes)


moments = st.datetimes(
    min_value=datetime(2027, 3, 20),  # noqa: DTZ001  (hypothesis adds the zone)
    max_value=datetime(2027, 4, 5),  # noqa: DTZ001
    timezones=st.just(timezone.utc),
)


@given(start=moments, minutes=st.integers(1, 3000))
def test_both_ways_of_counting_agree(start: datetime, minutes: int) -> None:
    then = DESK.after(start, minutes * MINUTE)

    assert DESK.between(start, then) == minutes * MINUTE
    assert DESK.between(start, then - timedelta.resolution) < minutes * MINUTE


@given(start=moments, first=st.integers(0, 900), second=st.integers(1, 900))
def test_time_adds_up(start: datetime, first: int, second: int) -> None:
    halfway = DESK.after(start, first * MINUTE)

    assert DESK.after(halfway, second * MINUTE) == DESK.after(start, (first + second) * MINUTE)
