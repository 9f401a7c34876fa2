"""A time in whole days of UTC, of which there are sums by offering, and the rest."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adapters.readers.whole_days import left_of, whole_days
from domain.analytics.intervals import Granularity, interval_of, intervals
from domain.kernel.periods import Period, Zone

DAY = timedelta(days=1)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(timezone.utc),
)
MIDNIGHTS = MOMENTS.map(lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0))
LENGTHS = st.timedeltas(timedelta(seconds=1), timedelta(days=100))
ZONES = st.sampled_from(["UTC", "Europe/Lisbon", "Asia/Kolkata", "Australia/Lord_Howe"]).map(Zone)
GRANULARITIES = st.sampled_from([Granularity.DAY, Granularity.WEEK, Granularity.MONTH])


@given(MOMENTS | MIDNIGHTS, LENGTHS, ZONES, GRANULARITIES)
def test_whole_days_and_the_rest_make_the_whole(
    since: datetime, length: timedelta, zone: Zone, granularity: Granularity
) -> None:
    period = Period(since, since + length)
    cut = intervals(period, granularity, zone)

    whole = whole_days(cut)
    left = left_of(period, whole)

    parts = sorted([*whole, *left], key=lambda one: one.starts_at)
    assert parts[0].starts_at == period.starts_at
    assert parts[-1].ends_at == period.ends_at
    assert all(one.ends_at == next_.starts_at for one, next_ in pairwise(parts))
    for stretch in whole:
        at = stretch.starts_at
        while at < stretch.ends_at:
            assert at.timestamp() % DAY.total_seconds() == 0
            assert interval_of(at, cut) == interval_of(at + DAY - timedelta(seconds=1), cut)
            at += DAY


def test_days_that_follow_each_other_are_one_stretch() -> None:
    week = Period(*(datetime(2026, 3, day, tzinfo=timezone.utc) for day in (2, 9)))

    assert whole_days(intervals(week, Granularity.DAY, Zone("UTC"))) == [week]
    assert left_of(week, [week]) == []
