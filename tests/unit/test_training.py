"""Seats in a session."""

from datetime import date, datetime, timedelta, timezone

import pytest

from domain.bookings.attendees import Attendee
from domain.bookings.requests import BookingClosed, Charge, WrongKind
from domain.bookings.training import (
    BadAttendees,
    ClosesAfterStart,
    CourseSession,
    TrainingBookingRequest,
)
from domain.kernel.claims import Claim
from domain.kernel.offerings import SoldWhole
from domain.kernel.periods import DateRange, Period, Zone
from tests.samples import (
    ADA,
    DOUBLE_ROOMS,
    FIRST_AID,
    HOUR,
    LONDON,
    NOW,
    SEATS,
    SECOND,
    day,
    training,
)

STARTS_AT = datetime(2026, 12, 10, 9, tzinfo=timezone.utc)
PERIOD = Period(STARTS_AT, STARTS_AT + 8 * HOUR)
PARTY = tuple(f"Guest {number}" for number in range(12))


def session(*, closes_before: timedelta = timedelta()) -> CourseSession:
    return CourseSession(period=PERIOD, closes_before=closes_before)


def test_every_attendee_takes_a_seat() -> None:
    demand = training("Ada Lovelace", "Bert Brecht").demand(session(), LONDON, now=NOW)

    assert demand.claims == (Claim(SEATS, 2),)
    assert demand.charges == (Charge(day=date(2026, 12, 10), units=2, label="seat"),)
    assert demand.period == PERIOD


@pytest.mark.parametrize(
    ("zone", "held_on"),
    [("Pacific/Apia", date(2026, 12, 10)), ("Pacific/Pago_Pago", date(2026, 12, 9))],
)
def test_the_day_of_a_session_is_the_one_at_the_place(zone: str, held_on: date) -> None:
    early = Period(STARTS_AT, STARTS_AT + HOUR)
    there = CourseSession(period=early)

    assert there.pools(FIRST_AID.id, dates=None, zone=Zone(zone)) == {SEATS: held_on}
    [charge] = training().demand(there, Zone(zone), now=NOW).charges
    assert charge.day == held_on


@pytest.mark.parametrize(
    "attendees",
    [("Al",), ("A" * 100,), ("Ada Lovelace", "Ada Byron"), PARTY, ("  Bo  ",), ("Zoë", "Zoe")],
)
def test_attendees_are_named(attendees: tuple[str, ...]) -> None:
    [claim] = training(*attendees).demand(session(), LONDON, now=NOW).claims

    assert claim.units == len(attendees)


@pytest.mark.parametrize(
    "attendees",
    [
        ("A",),
        ("",),
        ("  A  ",),
        ("A" * 101,),
        ("Ada Lovelace", "A"),
        (*PARTY, "One too many"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("Ada Lovelace", "ada  LOVELACE "),
        ("Groß", "GROSS"),
    ],
)
def test_nobody_sits_on_two_seats_or_goes_without_a_name(attendees: tuple[str, ...]) -> None:
    with pytest.raises(BadAttendees, match="1 to 12 attendees") as refused:
        training(*attendees)

    assert refused.value.field == "attendees"
    assert "Ada" not in f"{refused.value!r} {refused.value}"


def test_somebody_has_to_come() -> None:
    with pytest.raises(BadAttendees):
        TrainingBookingRequest(resource_id=FIRST_AID.id, contact=ADA, attendees=())


def test_attendees_stay_out_of_logs() -> None:
    assert "Bert" not in repr(training("Bert Brecht"))


@pytest.mark.parametrize("closes_before", [timedelta(), HOUR, 48 * HOUR])
def test_booking_closes_some_time_before_the_start(closes_before: timedelta) -> None:
    closed_at = STARTS_AT - closes_before
    offering = session(closes_before=closes_before)

    assert training().demand(offering, LONDON, now=closed_at - SECOND).claims
    for now in (closed_at, closed_at + SECOND, STARTS_AT + HOUR):
        with pytest.raises(BookingClosed) as refused:
            training().demand(offering, LONDON, now=now)
        assert str(refused.value) == f"booking closed at {closed_at.isoformat()}"


def test_rooms_have_no_seats() -> None:
    with pytest.raises(WrongKind, match="a training request cannot be made for a hotel resource"):
        training().demand(DOUBLE_ROOMS.offering, LONDON, now=NOW)


def test_seats_are_sold_for_the_whole_session() -> None:
    assert not CourseSession.sold_by_day
    with pytest.raises(SoldWhole, match="give no dates"):
        session().pools(FIRST_AID.id, dates=DateRange(day(1), day(2)), zone=LONDON)


def test_booking_never_closes_after_the_start() -> None:
    with pytest.raises(ClosesAfterStart, match="closes before"):
        session(closes_before=-SECOND)


@pytest.mark.parametrize("name", ["ß", "A\x00B", "x" * 101])
def test_attendees_have_names_that_can_be_printed(name: str) -> None:
    with pytest.raises(BadAttendees):
        training(name)


def test_names_are_tidied() -> None:
    assert training("  Ada   Lovelace ").attendees == (Attendee(name="Ada Lovelace"),)
