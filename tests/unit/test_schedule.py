"""Sites are read by the clock on the wall, whatever is done to it, and once for each time."""

from datetime import datetime, time, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documentation.schedule import BadSchedule, Schedule
from domain.documentation.site import Site
from domain.kernel.hours import Weekday
from tests.samples import DAY, HOUR, NOW
from tests.samples_of_crawls import scheduled, site

EVERY_DAY = tuple(Weekday)


def schedule(*times: str, zone: str = "Europe/Berlin", days: str = "") -> Schedule:
    named = tuple(Weekday(day) for day in days.split()) or EVERY_DAY
    return Schedule.there(zone, days=named, times=tuple(map(time.fromisoformat, times)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("when", "after", "comes"),
    [
        (schedule("03:00"), "2026-07-01T00:59", "2026-07-01T01:00"),
        (schedule("03:00"), "2026-07-01T01:00", "2026-07-02T01:00"),
        (schedule("12:00", "03:00"), "2026-07-01T01:00", "2026-07-01T10:00"),
        (schedule("03:00", days="monday"), "2026-07-06T01:00", "2026-07-13T01:00"),
        # It is tomorrow there already.
        (schedule("00:30", zone="Pacific/Auckland"), "2026-07-01T12:00", "2026-07-01T12:30"),
        # 02:30 is skipped: an hour later there, and not missed.
        (schedule("02:30"), "2026-03-28T02:00", "2026-03-29T01:30"),
        (schedule("02:30"), "2026-03-29T01:30", "2026-03-30T00:30"),
        # 02:30 comes twice: the first time counts, and only that.
        (schedule("02:30"), "2026-10-24T02:00", "2026-10-25T00:30"),
        (schedule("02:30"), "2026-10-25T00:30", "2026-10-26T01:30"),
        # What is skipped comes after what is not, and both come.
        (schedule("02:30", "03:15"), "2026-03-29T00:00", "2026-03-29T01:15"),
        (schedule("02:30", "03:15"), "2026-03-29T01:15", "2026-03-29T01:30"),
        # Samoa had no 30 December, a Friday: it is Saturday already.
        (
            schedule("06:00", zone="Pacific/Apia", days="friday"),
            "2011-12-30T12:00",
            "2011-12-30T16:00",
        ),
    ],
)
def test_it_comes_when_the_clock_there_shows_it(when: Schedule, after: str, comes: str) -> None:
    assert when.next_after(at(after)) == at(comes)


@given(
    zone=st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/New_York", "UTC"]),
    wall=st.times(max_value=time(23, 59)).map(lambda each: each.replace(microsecond=0)),
    days=st.integers(0, 365),
)
def test_none_is_lost_and_none_comes_twice(zone: str, wall: time, days: int) -> None:
    daily = schedule(wall.isoformat(), zone=zone)
    before = daily.next_after(NOW + days * DAY)
    for _ in range(3):
        comes = daily.next_after(before)
        assert daily.zone.date_at(comes) == daily.zone.date_at(before) + DAY
        assert daily.next_after(comes - timedelta(seconds=1)) == comes
        before = comes


def test_an_hour_lies_between_two() -> None:
    with pytest.raises(BadSchedule):
        schedule("03:00", zone="Nowhere/Land")
    for refused in (schedule("03:00", "03:59"), schedule("23:30", "00:00"), schedule()):
        with pytest.raises(BadSchedule):
            refused.demand()


def test_it_is_an_hour_on_the_wall() -> None:
    schedule("03:00", "04:00").demand()
    schedule("03:00", "03:00").demand()  # is the same time
    schedule("23:30", "00:00", days="monday").demand()  # is almost a day before


def test_pages_are_fresh_for_half_the_time_at_most() -> None:
    """Those of yesterday's crawl would be younger than a day in today's."""
    daily = schedule("03:00")

    assert site(fresh_hours=24).fresh_for == DAY
    assert scheduled(daily, fresh_hours=24).fresh_for == 12 * HOUR
    assert scheduled(daily, fresh_hours=2).fresh_for == 2 * HOUR
    assert scheduled(schedule("03:00", days="monday"), fresh_hours=24).fresh_for == DAY


def test_it_is_due_from_its_time_on() -> None:
    made: Site = scheduled(schedule("03:00", zone="UTC"))
    due_at = made.next_read_at
    assert due_at is not None

    assert not made.is_due(due_at - timedelta(seconds=1))
    assert made.is_due(due_at)
    assert made.rescheduled(now=due_at + 12 * DAY + HOUR).next_read_at == due_at + 13 * DAY


def test_sites_with_the_same_time_begin_at_different_seconds_and_each_always_at_its_own() -> None:
    daily = schedule("03:00", zone="UTC")
    made = [
        attrs.evolve(site(number * 7919), schedule=daily).rescheduled(now=NOW)
        for number in range(1, 101)
    ]
    due = [each.next_read_at for each in made if each.next_read_at is not None]
    starts = daily.next_after(NOW)

    assert len(set(due)) > 50
    assert all(starts <= each < starts + timedelta(minutes=5) for each in due)
    for each, at in zip(made, due, strict=True):
        assert each.rescheduled(now=at - timedelta(seconds=1)).next_read_at == at
        assert each.rescheduled(now=at).next_read_at == at + DAY


def test_another_schedule_begins_anew_and_the_same_goes_on() -> None:
    made = scheduled(schedule("03:00", zone="UTC"))
    due_at = made.next_read_at
    assert due_at is not None
    now, later = due_at + HOUR, schedule("06:00", zone="UTC")

    same = made.changed(into=scheduled(schedule("03:00", zone="UTC")), now=now)
    moved = made.changed(into=scheduled(later), now=now)
    never = made.changed(into=site(), now=now)

    assert (same.next_read_at, moved.next_read_at) == (due_at, due_at + 3 * HOUR)
    assert never.next_read_at is made.deleted(now=now).next_read_at is None
    with pytest.raises(BadSchedule):
        made.changed(into=attrs.evolve(made, schedule=schedule("03:00", "03:30")), now=now)
