"""Time cut as clocks and calendars show it."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.analytics.intervals import Granularity, TooManyIntervals, interval_of, intervals
from domain.kernel.periods import Period, Zone

BERLIN = Zone("Europe/Berlin")
LORD_HOWE = Zone("Australia/Lord_Howe")


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)  # type: ignore[arg-type,misc]


def _lengths(cut: tuple[Period, ...]) -> list[timedelta]:
    return [interval.ends_at - interval.starts_at for interval in cut]


@pytest.mark.parametrize(
    ("first", "hours"), [(_utc(2026, 10, 24, 22), 25), (_utc(2026, 3, 28, 23), 23)]
)
def test_days_are_longer_and_shorter_when_clocks_change(first: datetime, hours: int) -> None:
    day = Period(first, first + timedelta(hours=hours))
    assert _lengths(intervals(day, Granularity.DAY, BERLIN)) == [timedelta(hours=hours)]
    assert len(intervals(day, Granularity.HOUR, BERLIN)) == hours


def test_clocks_that_change_by_half_an_hour() -> None:
    night = Period(_utc(2026, 4, 4, 14), _utc(2026, 4, 4, 17, 30))
    cut = intervals(night, Granularity.HOUR, LORD_HOWE)
    shown = [f"{LORD_HOWE.wall_time(interval.starts_at):%H:%M}" for interval in cut]
    assert shown == ["01:00", "01:30", "02:00", "03:00"]


def test_zones_that_are_three_quarters_of_an_hour_off() -> None:
    span = Period(_utc(2026, 1, 28, 20, 7), _utc(2026, 1, 28, 22))
    cut = intervals(span, Granularity.HOUR, Zone("Asia/Kathmandu"))
    assert [interval.starts_at.minute for interval in cut] == [7, 15, 15]


def test_weeks_begin_on_monday_and_months_on_their_first() -> None:
    span = Period(_utc(2026, 1, 30, 12), _utc(2026, 3, 2))
    weeks = intervals(span, Granularity.WEEK, Zone("UTC"))
    assert [week.starts_at.weekday() for week in weeks[1:]] == [0] * 4
    months = intervals(span, Granularity.MONTH, Zone("UTC"))
    assert [month.starts_at for month in months[1:]] == [_utc(2026, 2, 1), _utc(2026, 3, 1)]


def test_more_than_anybody_reads_is_refused() -> None:
    with pytest.raises(TooManyIntervals):
        intervals(Period(_utc(2020, 1, 1), _utc(2026, 1, 1)), Granularity.QUARTER_HOUR, BERLIN)


@given(
    hours=st.integers(min_value=0, max_value=30 * 365 * 24),
    length=st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=20)),
    granularity=st.sampled_from(Granularity),
    zone=st.sampled_from([BERLIN, LORD_HOWE, Zone("America/St_Johns"), Zone("Asia/Kathmandu")]),
)
def test_every_moment_lies_in_one_interval(
    hours: int, length: timedelta, granularity: Granularity, zone: Zone
) -> None:
    first = _utc(2000, 1, 1) + timedelta(hours=hours)
    span = Period(first, first + length)
    cut = intervals(span, granularity, zone)
    assert (cut[0].starts_at, cut[-1].ends_at) == (span.starts_at, span.ends_at)
    assert all(one.ends_at == following.starts_at for one, following in pairwise(cut))
    assert [interval_of(interval.starts_at, cut) for interval in cut] == list(range(len(cut)))
    assert interval_of(span.ends_at, cut) is None
    assert interval_of(span.starts_at - timedelta(microseconds=1), cut) is None
