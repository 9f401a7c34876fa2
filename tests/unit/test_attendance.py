"""Who came to a session."""

from uuid import UUID

import attrs
import pytest

from application.analytics.formulas import plain
from domain.bookings.attendance import (
    Attendance,
    AttendeePresence,
    Mark,
    MarkedTwice,
    NotAttending,
    NotCheckedIn,
    Place,
    bookings_begun,
)
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState, NotStarted
from domain.kernel.identifiers import BookingId
from tests.samples import FIRST_AID, HOUR, MINUTE, NOW, held, hotel, training

BOOKING = held(training("Ada", "Bert")).confirm(now=NOW)
STARTS = BOOKING.starts_at
ADA, BERT = Place(BOOKING.id, 1), Place(BOOKING.id, 2)
NOBODY_YET = Attendance(resource_id=FIRST_AID.id)


def marked(presence: AttendeePresence, place: Place = ADA) -> Mark:
    return Mark(place=place, presence=presence)


def test_whoever_is_not_marked_stays_as_they_are() -> None:
    both = [marked(AttendeePresence.PRESENT), marked(AttendeePresence.ABSENT, BERT)]
    first = NOBODY_YET.mark(both, [BOOKING], now=STARTS)
    second = first.mark([marked(AttendeePresence.LATE, BERT)], [BOOKING], now=STARTS)

    assert [mark.presence for mark in second.marks] == [
        AttendeePresence.PRESENT,
        AttendeePresence.LATE,
    ]
    assert [event.name for event in second.events] == ["attendance_recorded"] * 2


def test_marking_keeps_when_somebody_came_and_went() -> None:
    come = NOBODY_YET.check_in(ADA, BOOKING, now=STARTS).check_out(ADA, now=STARTS + HOUR)
    marked_later = come.mark([marked(AttendeePresence.PARTIAL)], [BOOKING], now=STARTS + HOUR)

    [mark] = marked_later.marks
    assert (mark.presence, mark.checked_in_at) == (AttendeePresence.PARTIAL, STARTS)
    assert mark.checked_out_at == STARTS + HOUR
    assert not mark.eligible


@pytest.mark.parametrize(
    ("minutes", "presence"),
    [(0, AttendeePresence.PRESENT), (10, AttendeePresence.PRESENT), (11, AttendeePresence.LATE)],
)
def test_whoever_comes_late_is_late(minutes: int, presence: AttendeePresence) -> None:
    come = NOBODY_YET.check_in(ADA, BOOKING, now=STARTS + minutes * MINUTE)

    assert come.by_place[ADA].presence is presence


def test_the_first_check_in_counts_and_the_last_check_out() -> None:
    come = NOBODY_YET.check_in(ADA, BOOKING, now=STARTS)
    assert come.check_in(ADA, BOOKING, now=STARTS + HOUR) is come

    gone = come.check_out(ADA, now=STARTS + HOUR).check_out(ADA, now=STARTS + 2 * HOUR)

    assert gone.by_place[ADA].checked_out_at == STARTS + 2 * HOUR
    with pytest.raises(NotCheckedIn, match="attendee 2"):
        gone.check_out(BERT, now=STARTS)


def test_the_absent_may_come_after_all() -> None:
    absent = NOBODY_YET.mark([marked(AttendeePresence.ABSENT)], [BOOKING], now=STARTS)
    partial = NOBODY_YET.mark([marked(AttendeePresence.PARTIAL)], [BOOKING], now=STARTS)

    assert (
        absent.check_in(ADA, BOOKING, now=STARTS).by_place[ADA].presence
        is AttendeePresence.PRESENT
    )
    assert (
        partial.check_in(ADA, BOOKING, now=STARTS).by_place[ADA].presence
        is AttendeePresence.PARTIAL
    )


@pytest.mark.parametrize(
    "place", [Place(BOOKING.id, 0), Place(BOOKING.id, 3), Place(BookingId(UUID(int=9)), 1)]
)
def test_only_who_is_expected_is_marked(place: Place) -> None:
    with pytest.raises(NotAttending, match="no attendee"):
        NOBODY_YET.mark([marked(AttendeePresence.ABSENT, place)], [BOOKING], now=STARTS)


@pytest.mark.parametrize("booking", [held(training("Ada")), held(hotel()).confirm(now=NOW)])
def test_only_confirmed_people_are_expected(booking: Booking) -> None:
    with pytest.raises(NotAttending):
        NOBODY_YET.check_in(Place(booking.id, 1), booking, now=STARTS)


def test_nobody_is_marked_twice_at_once() -> None:
    with pytest.raises(MarkedTwice, match="once"):
        NOBODY_YET.mark([marked(AttendeePresence.ABSENT)] * 2, [BOOKING], now=STARTS)


@pytest.mark.parametrize("presence", AttendeePresence)
def test_bookings_begin_when_somebody_is_there(presence: AttendeePresence) -> None:
    begun = bookings_begun([marked(presence)], [BOOKING], now=STARTS)

    assert [booking.state for booking in begun] == (
        [BookingState.IN_PROGRESS] if presence.took_part else []
    )
    in_progress = attrs.evolve(BOOKING, state=BookingState.IN_PROGRESS)
    assert bookings_begun([marked(presence)], [in_progress], now=STARTS) == []


def test_nobody_is_there_long_before_the_start() -> None:
    with pytest.raises(NotStarted):
        bookings_begun([marked(AttendeePresence.PRESENT)], [BOOKING], now=STARTS - 13 * HOUR)


@pytest.mark.parametrize(
    ("presence", "eligible"),
    [
        (AttendeePresence.PRESENT, True),
        (AttendeePresence.LATE, True),
        (AttendeePresence.PARTIAL, False),
        (AttendeePresence.ABSENT, False),
        (AttendeePresence.EXCUSED, False),
    ],
)
def test_whoever_was_there_to_the_end_earns_a_certificate(
    presence: AttendeePresence, *, eligible: bool
) -> None:
    assert marked(presence).eligible is eligible
    assert attrs.evolve(marked(presence), earned=not eligible).eligible is not eligible


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@SUM", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ada", "1-1", "a@b"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert plain(cell) == cell
