"""Spans of time and of dates, and what clocks do to them."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.periods import (
    BadDates,
    BadPeriod,
    DateRange,
    LocalDateRange,
    Period,
    UnknownZone,
    Zone,
)
from tests.samples import HOUR, LONDON, NOW, day

# Every way that clocks differ: halves and quarters, both hemispheres, half an hour of summer
# time, summer time that is the normal time, and a day that never was (Apia, 30 December 2011).
ZONES = [
    "UTC",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Casablanca",
]


def utc(*parts: int) -> datetime:
    year, month, day, hour, minute, second, *_ = (*parts, 0, 0, 0)
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)


@pytest.mark.parametrize("hours", [0, -1])
def test_a_period_ends_after_it_starts(hours: int) -> None:
    with pytest.raises(BadPeriod, match="ends after it starts"):
        Period(NOW, NOW + hours * HOUR)


@pytest.mark.parametrize("naive", [(True, False), (False, True), (True, True)])
def test_a_period_knows_its_offset(naive: tuple[bool, bool]) -> None:
    starts_at, ends_at = (
        moment.replace(tzinfo=None) if is_naive else moment
        for moment, is_naive in zip((NOW, NOW + HOUR), naive, strict=True)
    )
    with pytest.raises(BadPeriod):
        Period(starts_at, ends_at)


@pytest.mark.parametrize("until", [3, 2])
def test_dates_run_forwards(until: int) -> None:
    with pytest.raises(BadDates, match="from an earlier day to a later one"):
        DateRange(day(3), day(until))


@pytest.mark.parametrize(
    ("first", "until"),
    [(date.min, date(1900, 1, 2)), (date(2999, 12, 1), date.max), (date.min, date.max)],
)
def test_dates_keep_away_from_the_ends_of_the_calendar(first: date, until: date) -> None:
    with pytest.raises(BadDates, match="not too far off"):
        DateRange(first, until)


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (datetime.min, datetime(1900, 1, 2)),  # noqa: DTZ001, DTZ901
        (datetime(2999, 12, 1), datetime.max),  # noqa: DTZ001, DTZ901
    ],
)
def test_periods_keep_away_from_the_ends_of_the_calendar(
    starts_at: datetime, ends_at: datetime
) -> None:
    with pytest.raises(BadPeriod, match="not too far off"):
        Period(starts_at.replace(tzinfo=timezone.utc), ends_at.replace(tzinfo=timezone.utc))


@pytest.mark.parametrize("offset", [-14, 14])
@pytest.mark.parametrize("year", [1900, 2999])
def test_the_earliest_and_latest_days_can_be_told_anywhere(year: int, offset: int) -> None:
    zone = Zone(f"Etc/GMT{offset:+}" if offset < 0 else "Etc/GMT+12")
    day = date(year, 1, 1) if year == 1900 else date(year, 12, 31)

    assert zone.date_at(zone.moment(day, time(12))) == day


def test_dates_may_have_to_end() -> None:
    assert DateRange.of_at_most(3, day(0), day(3)) == DateRange(day(0), day(3))
    for until in (day(4), day(0), day(-1)):
        with pytest.raises(BadDates, match="not too far off"):
            DateRange.of_at_most(3, day(0), until)


@given(first=st.integers(0, 400), length=st.integers(1, 100))
def test_dates_run_up_to_but_without_the_last(first: int, length: int) -> None:
    dates = DateRange(day(first), day(first + length))

    assert len(dates) == len(dates.days) == length
    assert dates.days[0] == day(first)
    assert list(dates.days) == sorted(set(dates.days))
    assert all(each in dates for each in dates.days)
    assert day(first - 1) not in dates
    assert day(first + length) not in dates


@pytest.mark.parametrize("name", ["Europe/London", "UTC", "America/Argentina/Buenos_Aires"])
def test_zones_are_those_of_the_database(name: str) -> None:
    assert Zone(name).name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "Mars/Olympus_Mons",
        "Europe",
        "Europe/",
        "/etc/passwd",
        "../../etc/passwd",
        "Europe/../Europe/London",
        "Europe/London\0",
        "\ud800",
        "x" * 5000,
    ],
)
def test_other_zones_are_unknown(name: str) -> None:
    with pytest.raises(UnknownZone, match="IANA") as refused:
        Zone(name)

    assert refused.value.field == "zone"


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        # Winter and summer.
        ("Europe/London", "2026-01-15 09:00", utc(2026, 1, 15, 9)),
        ("Europe/London", "2026-07-15 09:00", utc(2026, 7, 15, 8)),
        ("America/New_York", "2026-01-15 09:00", utc(2026, 1, 15, 14)),
        ("Australia/Lord_Howe", "2026-01-15 09:00", utc(2026, 1, 14, 22)),
        # Skipped in spring: read as if the clock had not been changed yet.
        ("Europe/London", "2026-03-29 01:30", utc(2026, 3, 29, 1, 30)),
        ("America/New_York", "2026-03-08 02:30", utc(2026, 3, 8, 7, 30)),
        ("Australia/Lord_Howe", "2026-10-04 02:15", utc(2026, 10, 3, 15, 45)),
        # Right after the gap.
        ("Europe/London", "2026-03-29 02:00", utc(2026, 3, 29, 1)),
        ("America/New_York", "2026-03-08 03:00", utc(2026, 3, 8, 7)),
        ("Australia/Lord_Howe", "2026-10-04 02:30", utc(2026, 10, 3, 15, 30)),
        # Shown twice in autumn: the first time counts.
        ("Europe/London", "2026-10-25 01:30", utc(2026, 10, 25, 0, 30)),
        ("America/New_York", "2026-11-01 01:30", utc(2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", "2026-04-05 01:45", utc(2026, 4, 4, 14, 45)),
        # A whole day was skipped.
        ("Pacific/Apia", "2011-12-30 12:00", utc(2011, 12, 30, 22)),
    ],
)
def test_wall_times_are_moments(zone: str, wall: str, moment: datetime) -> None:
    shown = datetime.fromisoformat(wall)
    found = Zone(zone).moment(shown.date(), shown.time())

    assert found == moment
    assert found.tzinfo is timezone.utc


@given(
    name=st.sampled_from(ZONES),
    wall=st.datetimes(datetime(1975, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001  (wall time)
)
def test_a_moment_shows_the_wall_time_it_was_made_from(name: str, wall: datetime) -> None:
    zone = Zone(name)
    before, after = (wall.replace(tzinfo=ZoneInfo(name), fold=fold) for fold in (0, 1))
    skipped = offset(after) - offset(before)

    shown = zone.wall_time(zone.moment(wall.date(), wall.time()))

    # Only a time that the clock never shows is moved, and by exactly what it skips.
    assert shown.replace(tzinfo=None) == wall + max(skipped, timedelta())
    assert shown.fold == 0
    assert zone.date_at(shown) == shown.date()


def offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


@pytest.mark.parametrize(
    ("name", "moment", "local"),
    [
        ("Europe/London", utc(2026, 7, 1, 22, 59, 59), date(2026, 7, 1)),
        ("Europe/London", utc(2026, 7, 1, 23), date(2026, 7, 2)),
        ("America/New_York", utc(2026, 1, 2, 4, 59, 59), date(2026, 1, 1)),
        ("America/New_York", utc(2026, 1, 2, 5), date(2026, 1, 2)),
        ("Pacific/Apia", utc(2026, 1, 1, 11), date(2026, 1, 2)),
    ],
)
def test_the_date_depends_on_the_place(name: str, moment: datetime, local: date) -> None:
    assert Zone(name).date_at(moment) == local


@pytest.mark.parametrize(
    ("first", "until", "hours"),
    [
        (date(2026, 3, 28), date(2026, 3, 29), 19),
        (date(2026, 3, 30), date(2026, 3, 31), 20),
        (date(2026, 10, 24), date(2026, 10, 25), 21),
    ],
)
def test_a_night_is_as_long_as_the_clock_makes_it(first: date, until: date, hours: int) -> None:
    stay = LocalDateRange(dates=DateRange(first, until), zone=LONDON)
    period = stay.period(opens=time(15), closes=time(11))

    assert period.ends_at - period.starts_at == hours * HOUR
    assert LONDON.wall_time(period.starts_at).time() == time(15)
    assert LONDON.wall_time(period.ends_at).time() == time(11)
