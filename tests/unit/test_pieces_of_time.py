"""A time in pieces that there are sums of, and the rest."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from adapters.readers.pieces import Piece, pieces_of
from domain.analytics.intervals import Granularity, interval_of, intervals
from domain.kernel.periods import Period, Zone

MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(timezone.utc),
)
EVEN = MOMENTS.map(lambda moment: moment.replace(minute=0, second=0, microsecond=0))
LENGTHS = st.timedeltas(timedelta(seconds=1), timedelta(days=3))
GRANULARITIES = st.sampled_from([Granularity.HOUR, Granularity.DAY, Granularity.WEEK])
BEGIN = attrgetter("starts_at")
ZONES = st.sampled_from(["UTC", "Europe/Lisbon", "Asia/Kolkata", "Australia/Lord_Howe"]).map(Zone)


QUARTER = timedelta(minutes=15)


def times_of(piece: Piece) -> list[Period]:
    """Those that are summed up in the piece, or all of it if none is."""
    if piece.quarters is None:
        return [piece.period]
    length = piece.quarters * QUARTER
    number = (piece.period.ends_at - piece.period.starts_at) // length
    begin = (piece.period.starts_at + place * length for place in range(number))
    return [
        Period(at, at + length)
        for at in begin
        if not piece.cut or (hour_of(at) in piece.cut) is (piece.quarters == 1)
    ]


def hour_of(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600


@given(MOMENTS | EVEN, LENGTHS, ZONES, GRANULARITIES)
def test_pieces_make_the_whole_and_lie_in_one_interval_each(
    since: datetime, length: timedelta, zone: Zone, granularity: Granularity
) -> None:
    period = Period(since, since + length)
    cut = intervals(period, granularity, zone)

    pieces = pieces_of(period, cut)

    times = sorted((time for piece in pieces for time in times_of(piece)), key=BEGIN)
    assert times[0].starts_at == period.starts_at
    assert times[-1].ends_at == period.ends_at
    assert all(one.ends_at == next_.starts_at for one, next_ in pairwise(times))
    for piece in pieces:
        for time in times_of(piece):
            if piece.quarters is None:
                assert time.ends_at - time.starts_at < 2 * QUARTER
                continue
            assert time.starts_at.timestamp() % (piece.quarters * 900) == 0
            last = time.ends_at - timedelta(seconds=1)
            assert interval_of(time.starts_at, cut) == interval_of(last, cut)


def test_whole_hours_are_one_piece() -> None:
    day = Period(*(datetime(2026, 3, day, tzinfo=timezone.utc) for day in (1, 2)))

    assert pieces_of(day) == [Piece(day, 4)]


def test_only_hours_that_are_cut_are_told_by_quarters() -> None:
    days = Period(*(datetime(2026, 3, day, tzinfo=timezone.utc) for day in (1, 3)))
    midnights = {hour_of(datetime(2026, 3, day, 18, tzinfo=timezone.utc)) for day in (1, 2)}

    hours, quarters = pieces_of(days, intervals(days, Granularity.DAY, Zone("Asia/Kolkata")))

    assert (hours.quarters, quarters.quarters) == (4, 1)
    assert hours.cut == quarters.cut == midnights
    assert len(times_of(quarters)) == 8
