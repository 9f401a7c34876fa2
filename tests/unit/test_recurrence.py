"""Sessions at the same time on the wall, whatever clocks do: none is lost, none is doubled."""

from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.periods import DateRange, Zone
from domain.kernel.recurrence import BadRecurrence, Recurrence

ZONES = (
    "Africa/Casablanca",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Chatham",
)
HOUR = timedelta(hours=1)


def weekly(first: date, days: int, starts: time, *weekdays: int) -> Recurrence:
    return Recurrence(
        weekdays=frozenset(weekdays or range(1, 8)),
        dates=DateRange(first, first + timedelta(days=days)),
        starts=starts,
        lasts=HOUR,
    )


@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2020, 1, 1), date(2035, 6, 1)),
    starts=st.times(),
)
def test_no_session_is_lost_or_doubled(zone: str, first: date, starts: time) -> None:
    starts = time(starts.hour, starts.minute)
    series = weekly(first, 200, starts)

    periods = series.periods(Zone(zone))

    assert len(periods) == len(series.days) == 200
    clock = ZoneInfo(zone)
    for day, period in zip(series.days, periods, strict=True):
        shown = period.starts_at.astimezone(clock)
        skipped = shown.replace(tzinfo=None) - datetime.combine(day, starts)
        # Skipped times are later by what was skipped; all others are as they were asked for.
        assert timedelta() <= skipped <= HOUR
        assert skipped == timedelta() or not _exists(day, starts, clock)
        assert period.ends_at - period.starts_at == HOUR
    assert all(one.starts_at < next.starts_at for one, next in pairwise(periods))


def _exists(day: date, wall: time, clock: ZoneInfo) -> bool:
    moment = datetime.combine(day, wall, clock)
    return moment.astimezone(timezone.utc).astimezone(clock).time() == wall


def test_nine_in_the_morning_stays_nine_in_the_morning() -> None:
    periods = weekly(date(2027, 3, 22), 14, time(9), 1).periods(Zone("Europe/London"))

    assert [period.starts_at.hour for period in periods] == [9, 8]


def test_a_skipped_time_is_later_and_of_a_doubled_one_it_is_the_first() -> None:
    (spring,) = weekly(date(2027, 3, 28), 1, time(1, 30)).periods(Zone("Europe/London"))
    (autumn,) = weekly(date(2027, 10, 31), 1, time(1, 30)).periods(Zone("Europe/London"))

    assert (spring.starts_at.hour, spring.starts_at.minute) == (1, 30)  # 02:30 on the wall
    assert (autumn.starts_at.hour, autumn.starts_at.minute) == (0, 30)


def test_only_the_days_that_are_wanted() -> None:
    series = Recurrence(
        weekdays=frozenset({1, 3}),
        dates=DateRange(date(2027, 3, 1), date(2027, 3, 16)),
        starts=time(9),
        lasts=HOUR,
        skipped=frozenset({date(2027, 3, 8)}),
    )

    assert [day.day for day in series.days] == [1, 3, 10, 15]


@pytest.mark.parametrize(("days", "weekdays"), [(201, ()), (1, (3,)), (7, (0,)), (7, (8,))])
def test_not_too_many_and_some(days: int, weekdays: tuple[int, ...]) -> None:
    with pytest.raises(BadRecurrence):
        weekly(date(2027, 3, 1), days, time(9), *weekdays)
