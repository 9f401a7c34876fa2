"""Quarters are summed up in buckets that never reach over the end of an interval."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Integer, create_engine, literal, select

from adapters.readers.buckets import Buckets, buckets_of
from adapters.schema.times_of_moments import quarter_begins, quarter_of
from domain.analytics.intervals import Granularity, interval_of, intervals
from domain.kernel.periods import Period, Zone

YEAR = Period(datetime(2027, 1, 1, tzinfo=timezone.utc), datetime(2028, 1, 1, tzinfo=timezone.utc))
WEEKS_OF_SPRING = Period(
    datetime(2027, 3, 24, 5, 30, tzinfo=timezone.utc),
    datetime(2027, 4, 9, 17, 15, tzinfo=timezone.utc),
)
PLACES = ["UTC", "Europe/Lisbon", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"]


def summed_up(span: Period, cut: tuple[Period, ...]) -> tuple[Buckets, list[tuple[int, int]]]:
    """For every quarter, the bucket it falls into."""
    first, last = quarter_of(span.starts_at), quarter_of(span.ends_at)
    quarters = select(literal(first, Integer).label("quarter")).cte(recursive=True)
    quarters = quarters.union_all(
        select(quarters.c.quarter + 1).where(quarters.c.quarter < last - 1)
    )
    buckets = buckets_of(cut)
    with create_engine("sqlite://").connect() as connection:
        found = connection.execute(
            select(quarters.c.quarter, buckets.number(quarters.c.quarter))
        ).all()
    return buckets, [(row[0], row[1]) for row in found]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("granularity", Granularity)
def test_a_bucket_lies_in_the_interval_of_its_quarters(
    place: str, granularity: Granularity
) -> None:
    cut = intervals(WEEKS_OF_SPRING, granularity, Zone(place))

    buckets, found = summed_up(WEEKS_OF_SPRING, cut)

    assert len(found) == (WEEKS_OF_SPRING.ends_at - WEEKS_OF_SPRING.starts_at) // timedelta(
        minutes=15
    )
    for quarter, number in found:
        began = quarter_begins(quarter)
        assert interval_of(buckets.moment(number), cut) == interval_of(began, cut)


@pytest.mark.parametrize("place", PLACES)
def test_a_year_of_days_is_not_counted_by_the_hour(place: str) -> None:
    cut = intervals(YEAR, Granularity.DAY, Zone(place))

    _, found = summed_up(YEAR, cut)

    assert len({number for _, number in found}) <= len(cut) + 2
