"""A time in pieces that there are sums of, and the rest."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adapters.readers.pieces import pieces_of
from domain.analytics.intervals import Granularity, intervals
from domain.kernel.periods import Period, Zone

MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(timezone.utc),
)
EVEN = MOMENTS.map(lambda moment: moment.replace(minute=0, second=0, microsecond=0))
LENGTHS = st.timedeltas(timedelta(seconds=1), timedelta(days=3))
ZONES = st.sampled_from(["UTC", "Europe/Lisbon", "Asia/Kolkata", "Australia/Lord_Howe"]).map(Zone)


@given(MOMENTS | EVEN, LENGTHS, ZONES)
def test_pieces_make_the_whole_and_lie_in_one_interval_each(
    since: datetime, length: timedelta, zone: Zone
) -> None:
    period = Period(since, since + length)
    cut = intervals(period, Granularity.DAY, zone)

    pieces = pieces_of(period, cut)

    assert pieces[0][1].starts_at == period.starts_at
    assert pieces[-1][1].ends_at == period.ends_at
    assert all(one[1].ends_at == next_[1].starts_at for one, next_ in pairwise(pieces))
    for quarters, piece in pieces:
        if quarters is None:
            assert piece.ends_at - piece.starts_at < timedelta(minutes=30)
        else:
            cuts = {period.starts_at, *(part.starts_at for part in cut), piece.starts_at}
            grid = quarters * 900
            inside = [at for at in cuts if piece.starts_at <= at < piece.ends_at]
            assert all(at.timestamp() % grid == 0 for at in inside)
            assert piece.ends_at.timestamp() % grid == 0


def test_whole_hours_are_one_piece() -> None:
    day = Period(*(datetime(2026, 3, day, tzinfo=timezone.utc) for day in (1, 2)))

    assert pieces_of(day) == [(4, day)]
