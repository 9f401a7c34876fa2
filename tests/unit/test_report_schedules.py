"""What a report is about: whole days, weeks and months of a calendar, whatever clocks do."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.analytics.report_schedules import Covered, last_whole
from domain.kernel.periods import Zone

LISBON = Zone("Europe/Lisbon")
BEGAN = datetime(2020, 1, 1, tzinfo=timezone.utc)
MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(lambda each: BEGAN + timedelta(minutes=each))


@pytest.mark.parametrize(
    ("covers", "first", "until"),
    [
        # Clocks were put forward on the 28th, so that day has 23 hours.
        (Covered.DAY, "2027-03-28T00:00:00+00:00", "2027-03-28T23:00:00+00:00"),
        (Covered.WEEK, "2027-03-22T00:00:00+00:00", "2027-03-28T23:00:00+00:00"),
        (Covered.MONTH, "2027-02-01T00:00:00+00:00", "2027-03-01T00:00:00+00:00"),
    ],
)
def test_it_is_what_was_over_last(covers: Covered, first: str, until: str) -> None:
    occasion = datetime(2027, 3, 29, 6, tzinfo=timezone.utc)
    period = last_whole(covers, occasion, LISBON)
    assert (period.starts_at.isoformat(), period.ends_at.isoformat()) == (first, until)


@given(MOMENTS, st.sampled_from(Covered))
def test_one_ends_where_the_next_begins(occasion: datetime, covers: Covered) -> None:
    period = last_whole(covers, occasion, LISBON)
    assert period.starts_at < period.ends_at <= occasion
    assert last_whole(covers, period.ends_at, LISBON) == period
    before = last_whole(covers, period.ends_at - timedelta(seconds=1), LISBON)
    assert before.ends_at == period.starts_at
