"""What feeds say and what becomes of it, without any feed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import count
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.connectors.feeds import read_feed
from adapters.rendering.busy_calendars import IcalendarBusyTimes
from application.bookings.channel_ports import TheirEvent
from application.bookings.reading_channels import Place
from domain.bookings.busy_times import BusyTime, busy_dates, shown, told_again
from domain.bookings.channels import (
    Channel,
)
from domain.bookings.foreign_bookings import ForeignBooking, ForeignState, Told, retold
from domain.kernel.identifiers import (
    ChannelId,
    ForeignBookingId,
    ResourceId,
)
from domain.kernel.periods import DateRange, Period, Zone
from tests.samples import DOUBLE_ROOMS, FIRST_AID

NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
TODAY = NOW.date()
DAY = timedelta(days=1)
CHANNEL = Channel(
    id=ChannelId(UUID(int=1)),
    resource_id=ResourceId(UUID(int=2)),
    name="Flats",
    link="secret",
    feed="https://www.example.com/a.ics",
)


def dates(first: int, until: int) -> DateRange:
    return DateRange(TODAY + first * DAY, TODAY + until * DAY)


def ids() -> Iterator[UUID]:
    return (UUID(int=number) for number in count(100))


def foreign(uid: str, span: DateRange, *, sequence: int = 0) -> ForeignBooking:
    return ForeignBooking(
        id=ForeignBookingId(UUID(int=abs(hash(uid)) % 2**64)),
        channel_id=CHANNEL.id,
        resource_id=CHANNEL.resource_id,
        key=(uid, ""),
        sequence=sequence,
        span=span,
        version=1,
    )


def told(uid: str, span: DateRange, *, sequence: int = 0, cancelled: bool = False) -> Told:
    return Told(key=(uid, ""), sequence=sequence, span=span, cancelled=cancelled)


def test_days_without_enough_are_busy_and_gaps_between_days_on_sale_too() -> None:
    left = {TODAY: 2, TODAY + DAY: 1, TODAY + 2 * DAY: 0, TODAY + 5 * DAY: 2}

    assert list(busy_dates(left, units=1, today=TODAY)) == [dates(2, 5)]
    assert list(busy_dates(left, units=2, today=TODAY)) == [dates(1, 5)]
    assert list(busy_dates({TODAY - DAY: 0}, units=1, today=TODAY)) == []


SPANS = st.sets(st.integers(0, 40), max_size=25).map(
    lambda days: busy_dates(
        {TODAY + number * DAY: int(number not in days) for number in range(42)},
        units=1,
        today=TODAY,
    )
)


@given(states=st.lists(SPANS, min_size=1, max_size=6))
def test_what_is_told_is_what_is_busy_and_names_and_sequences_go_on(
    states: list[list[DateRange]],
) -> None:
    entries: dict[UUID, BusyTime] = {}
    new_ids = ids()
    for number, busy in enumerate(states):
        now = NOW + timedelta(minutes=number)
        changed = told_again(list(entries.values()), busy, new_ids=new_ids, today=TODAY, now=now)
        for entry in changed:
            before = entries.get(entry.id)
            assert entry.sequence == (0 if before is None else before.sequence + 1)
            assert before is None or not before.cancelled
            entries[entry.id] = entry
        live = [entry.span for entry in entries.values() if not entry.cancelled]
        assert sorted(live, key=str) == sorted(busy, key=str)
        again = list(entries.values())
        assert not told_again(again, busy, new_ids=new_ids, today=TODAY, now=now)


def test_an_entry_does_not_change_because_a_day_has_passed() -> None:
    (entry,) = told_again([], [dates(0, 5)], new_ids=ids(), today=TODAY, now=NOW)
    tomorrow = [DateRange(TODAY + DAY, TODAY + 5 * DAY)]

    later = told_again([entry], tomorrow, new_ids=ids(), today=TODAY + DAY, now=NOW + DAY)
    over = shown([entry], today=TODAY + 5 * DAY, now=NOW + 5 * DAY)

    assert later == ()
    assert over == []


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Apia"])
def test_days_are_days_whatever_clocks_do(zone: str) -> None:
    """Across the changes of spring and autumn, and a day that a place has skipped."""
    changes = [
        DateRange(date(2027, 3, 27), date(2027, 3, 29)),
        DateRange(date(2027, 10, 30), date(2027, 11, 8)),
    ]
    entries = [
        BusyTime(id=UUID(int=number), span=span, modified_at=NOW)
        for number, span in enumerate(changes)
    ]
    read = read_feed(IcalendarBusyTimes().of(CHANNEL, entries).body, most=9)
    resource = attrs.evolve(DOUBLE_ROOMS, zone=Zone(zone))
    place = Place(resource=resource, part=None, now=NOW)
    found = [
        place.told(
            TheirEvent(
                uid=one.uid,
                recurrence_id=one.recurrence_id,
                sequence=one.sequence,
                cancelled=False,
                starts=one.starts,
                ends=one.ends,
            )
        )
        for one in read.events
    ]

    assert [one and one.span for one in found] == [entry.span for entry in entries]
    assert [one.uid for one in read.events] == [entry.uid for entry in entries]


def test_a_stay_ends_in_the_morning_and_a_session_is_about_its_own_time() -> None:
    rooms = Place(resource=DOUBLE_ROOMS, part=None, now=NOW)
    stay = TheirEvent(
        uid="a",
        recurrence_id="",
        sequence=0,
        cancelled=False,
        starts=datetime(2027, 5, 1, 15),  # noqa: DTZ001  (as feeds have it: where the place is)
        ends=datetime(2027, 5, 3, 11),  # noqa: DTZ001
    )
    session = Place(resource=FIRST_AID, part=None, now=NOW - 3650 * DAY)
    period = FIRST_AID.offering.takes_place
    assert period is not None
    after = attrs.evolve(stay, starts=period.ends_at, ends=period.ends_at + DAY)
    during = attrs.evolve(after, starts=period.starts_at)

    night = rooms.told(stay)
    assert night is not None
    assert night.span == DateRange(date(2027, 5, 1), date(2027, 5, 3))
    assert rooms.told(attrs.evolve(stay, starts=date(2026, 1, 1), ends=date(2026, 1, 2))) is None
    assert [one and one.cancelled for one in map(session.told, (after, during))] == [True, False]
    assert isinstance(during.starts, datetime)
    assert Period(period.starts_at, period.ends_at) == period


def test_what_is_new_moved_cancelled_or_old_is_told_apart() -> None:
    known = [
        foreign("same", dates(1, 2)),
        foreign("moved", dates(3, 4), sequence=1),
        foreign("off", dates(5, 6)),
        foreign("newer", dates(7, 8), sequence=5),
        foreign("gone", dates(9, 10)),
    ]
    found = retold(
        known,
        [
            told("same", dates(1, 2)),
            told("moved", dates(13, 14), sequence=1),
            told("off", dates(5, 6), sequence=1, cancelled=True),
            told("newer", dates(17, 18), sequence=4),
            told("new", dates(20, 21)),
            told("new", dates(22, 23), sequence=1),
            told("never", dates(24, 25), cancelled=True),
        ],
        may_vanish=1,
    )

    assert [one.key[0] for one in found.same] == ["same"]
    assert [(one.key[0], event.span) for one, event in found.moved] == [("moved", dates(13, 14))]
    assert [(one.key[0], sequence) for one, sequence in found.cancelled] == [("off", 1)]
    assert [(one.key[0], one.span) for one in found.new] == [("new", dates(22, 23))]
    assert [one.key[0] for one in found.vanished] == ["gone"]
    assert found.stale == 1


def test_nothing_vanishes_that_may_be_there_still() -> None:
    known = [foreign(str(number), dates(number, number + 1)) for number in range(5)]

    too_many = retold(known, [], may_vanish=4)
    accepted = retold(known, [], may_vanish=None)
    unread = retold(known, [], may_vanish=9, unread={"3"})
    vague = retold(known, [], may_vanish=9, unread=None)

    assert (len(too_many.vanished), len(too_many.gone)) == (0, 5)
    assert len(accepted.vanished) == 5
    assert [one.key[0] for one in unread.vanished] == ["0", "1", "2", "4"]
    assert (len(vague.vanished), len(vague.gone)) == (0, 5)


def test_a_cancelled_one_comes_back_and_a_sequence_is_remembered() -> None:
    back = attrs.evolve(foreign("a", dates(1, 2), sequence=3), state=ForeignState.CANCELLED)

    revived = retold([back], [told("a", dates(1, 2), sequence=3)], may_vanish=9)
    known = [foreign("a", dates(1, 2))]
    counted = retold(known, [told("a", dates(1, 2), sequence=7)], may_vanish=9)

    assert [one.key[0] for one, _ in revived.moved] == ["a"]
    assert [(one.key[0], sequence) for one, sequence in counted.renumbered] == [("a", 7)]


@given(
    firsts=st.lists(st.integers(0, 60), max_size=12, unique=True),
    seconds=st.lists(st.integers(0, 60), max_size=12, unique=True),
)
def test_in_the_end_there_is_what_the_feed_says(firsts: list[int], seconds: list[int]) -> None:
    known = [foreign(f"a{number}", dates(number, number + 2)) for number in firsts]
    said = [told(f"b{number}", dates(number, number + 2)) for number in seconds]

    found = retold(known, said, may_vanish=None)
    left = [one for one in known if one not in found.vanished]
    spans = [event.span for _, event in found.moved] + [event.span for event in found.new]

    assert sorted(spans, key=str) == sorted((one.span for one in said), key=str)
    assert len(left) == len(found.moved)
