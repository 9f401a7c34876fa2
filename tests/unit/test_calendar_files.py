"""Calendar files that calendars understand, clock changes included."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from adapters.rendering.calendar import IcalendarFiles
from adapters.rendering.time_zones import vtimezone
from domain.kernel.periods import Zone
from domain.notifications.notices import BookingNotice, Occasion
from tests.samples_of_notifications import BOOKING, NOTICE, NOW

UTC = timezone.utc
FILES = IcalendarFiles(organizer_name="Front desk", organizer_email="desk@example.com")
LONDON = Zone("Europe/London")
ZONES = [
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Antarctica/Troll",
]


def file_of(notice: BookingNotice, occasion: Occasion = Occasion.CONFIRMED) -> Calendar:
    content = FILES.of(notice, occasion, stamped_at=NOW).content
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    assert not [error for part in calendar.walk() for error in part.errors]
    return calendar


def event_of(calendar: Calendar) -> Any:
    """Untyped, as the properties of an event are anything to the library's types."""
    [event] = calendar.events
    return event


def observances(zone: Any) -> list[Any]:
    return [part for part in zone.walk() if "TZOFFSETTO" in part]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def lasting(starts_at: datetime, hours: float, zone: Zone = LONDON) -> BookingNotice:
    ends_at = starts_at + timedelta(hours=hours)
    return attrs.evolve(NOTICE, starts_at=starts_at, ends_at=ends_at, zone=zone)


def offset_by(calendar: Calendar, wall: datetime) -> timedelta:
    """What a program makes of a wall time that knows no zones but those in the file."""
    [zone] = calendar.timezones
    onsets = sorted((part["DTSTART"].dt, part["TZOFFSETTO"].td) for part in observances(zone))
    offsets: list[timedelta] = [offset for onset, offset in onsets if onset <= wall]
    return offsets[-1]


def test_an_invitation_has_what_calendars_need() -> None:
    calendar = file_of(NOTICE)
    event = event_of(calendar)

    assert calendar["METHOD"] == "REQUEST"
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert event["UID"] == f"{BOOKING}@frontdesk"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Paediatric first aid"
    assert event["DESCRIPTION"] == "Booking reference: FD0000001S"
    assert event["DTSTAMP"].to_ical() == b"20260302T093000Z"
    assert event["DTSTART"].dt == NOTICE.starts_at
    assert event["DTEND"].dt == NOTICE.ends_at
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/London"


def test_organizer_and_attendee_are_as_invitations_want_them() -> None:
    event = event_of(file_of(NOTICE))

    assert event["ORGANIZER"] == "mailto:desk@example.com"
    assert event["ORGANIZER"].params["CN"] == "Front desk"
    assert event["ATTENDEE"] == "mailto:ada@example.com"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Ada Lovelace",
        "CUTYPE": "INDIVIDUAL",
        "PARTSTAT": "ACCEPTED",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "FALSE",
    }


def test_the_customer_is_reminded_a_day_and_two_hours_before() -> None:
    alarms = event_of(file_of(NOTICE)).walk("VALARM")

    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(days=-1), timedelta(hours=-2)]
    assert {alarm["ACTION"] for alarm in alarms} == {"DISPLAY"}
    assert {alarm["DESCRIPTION"] for alarm in alarms} == {"Paediatric first aid"}


def test_a_change_is_the_same_entry_with_a_higher_sequence() -> None:
    first = event_of(file_of(NOTICE))
    later = attrs.evolve(NOTICE, version=4)
    second = event_of(file_of(later, Occasion.CHANGED))

    assert (first["UID"], first["SEQUENCE"]) == (second["UID"], second["SEQUENCE"] - 1)


def test_a_cancellation_takes_the_entry_back() -> None:
    calendar = file_of(attrs.evolve(NOTICE, state="cancelled", version=5), Occasion.CANCELLED)
    event = event_of(calendar)

    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == f"{BOOKING}@frontdesk"
    assert event["SEQUENCE"] == 5
    assert event.walk("VALARM") == []


@pytest.mark.parametrize(
    ("occasion", "method"), [(Occasion.CHANGED, "REQUEST"), (Occasion.CANCELLED, "CANCEL")]
)
def test_the_attachment_says_what_it_wants(occasion: Occasion, method: str) -> None:
    attachment = FILES.of(NOTICE, occasion, stamped_at=NOW)

    assert attachment.filename == "booking.ics"
    assert attachment.content_type == f"text/calendar; charset=utf-8; method={method}"


def test_the_same_news_are_the_same_file() -> None:
    one, other = (FILES.of(NOTICE, Occasion.CONFIRMED, stamped_at=NOW) for _ in range(2))

    assert one == other


def test_a_session_in_the_night_the_clock_springs_forward() -> None:
    starts_at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    calendar = file_of(lasting(starts_at, hours=1))
    event = event_of(calendar)

    assert event["DTSTART"].to_ical() == b"20260329T003000"
    assert event["DTEND"].to_ical() == b"20260329T023000"
    assert event["DTEND"].dt - event["DTSTART"].dt.astimezone(UTC) == timedelta(hours=1)
    assert offset_by(calendar, local("2026-03-29T00:30")) == timedelta()
    assert offset_by(calendar, local("2026-03-29T02:30")) == timedelta(hours=1)


def test_the_onset_of_summer_is_told_by_the_clock_of_winter() -> None:
    calendar = file_of(lasting(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), hours=1))

    assert (
        b"BEGIN:DAYLIGHT\r\nDTSTART:20260329T010000\r\nTZNAME:BST\r\n"
        b"TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n"
    ) in calendar.to_ical()


def test_a_stay_across_the_clock_change_keeps_its_wall_times() -> None:
    check_in = LONDON.moment(date(2026, 10, 24), time(15))
    check_out = LONDON.moment(date(2026, 10, 26), time(11))
    event = event_of(file_of(attrs.evolve(NOTICE, starts_at=check_in, ends_at=check_out)))

    assert event["DTSTART"].to_ical() == b"20261024T150000"
    assert event["DTEND"].to_ical() == b"20261026T110000"


def test_the_second_of_two_equal_hours_is_told_in_utc() -> None:
    starts_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    event = event_of(file_of(lasting(starts_at, hours=1)))

    assert event["DTSTART"].to_ical() == b"20261025T013000Z"
    assert event["DTEND"].to_ical() == b"20261025T023000Z"


def test_an_end_in_the_second_of_two_equal_hours_is_told_in_utc() -> None:
    starts_at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    event = event_of(file_of(lasting(starts_at, hours=1)))

    assert event["DTSTART"].to_ical() == b"20261025T003000Z"
    assert event["DTEND"].to_ical() == b"20261025T013000Z"


def test_a_definition_is_good_for_more_than_a_year_around() -> None:
    names = [part.name for part in observances(file_of(NOTICE).timezones[0])]

    assert names == ["STANDARD", "DAYLIGHT", "STANDARD", "DAYLIGHT", "STANDARD", "DAYLIGHT"]


def test_a_place_without_a_zone_of_its_own_needs_no_definition() -> None:
    calendar = file_of(attrs.evolve(NOTICE, zone=Zone("UTC")))

    assert calendar.timezones == []
    assert event_of(calendar)["DTSTART"].to_ical() == b"20260326T090000Z"


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    moment=st.datetimes(local("2020-01-01"), local("2060-01-01"), timezones=st.just(UTC)),
    hours=st.integers(1, 24 * 90),
)
def test_the_file_alone_tells_the_moments(zone: str, moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0)
    notice = lasting(moment, hours, Zone(zone))
    calendar = file_of(notice)
    event = event_of(calendar)

    for name, expected in (("DTSTART", notice.starts_at), ("DTEND", notice.ends_at)):
        wall = event[name].dt.replace(tzinfo=None)
        offset = offset_by(calendar, wall) if event[name].params else timedelta()
        assert wall - offset == expected.replace(tzinfo=None)


@pytest.mark.parametrize("zone", ZONES)
def test_every_change_around_is_stated_to_the_second(zone: str) -> None:
    starts_at = datetime(2026, 6, 1, tzinfo=UTC)
    definition = vtimezone(Zone(zone), starts_at=starts_at, ends_at=starts_at)
    for part in observances(definition)[1:]:
        onset = (part["DTSTART"].dt - part["TZOFFSETFROM"].td).replace(tzinfo=UTC)
        before = (onset - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert before.utcoffset() == part["TZOFFSETFROM"].td
        assert onset.astimezone(ZoneInfo(zone)).utcoffset() == part["TZOFFSETTO"].td


def test_names_and_titles_add_no_properties() -> None:
    notice = attrs.evolve(
        NOTICE,
        title="First aid\r\nEND:VEVENT\r\nATTENDEE:mailto:eve@example.com",
        contact_name='Ada "\r\nX-EVIL:1\r\n;:,^n',
    )
    content = FILES.of(notice, Occasion.CONFIRMED, stamped_at=NOW).content
    event = event_of(file_of(notice))

    assert not [line for line in content.split(b"\r\n") if line.startswith((b"X-EVIL", b"END:X"))]
    assert event["SUMMARY"] == "First aid END:VEVENT ATTENDEE:mailto:eve@example.com"
    assert event["ATTENDEE"] == "mailto:ada@example.com"
    assert event["ATTENDEE"].params["CN"] == 'Ada " X-EVIL:1 ;:,^n'
    assert content.count(b"BEGIN:VEVENT") == content.count(b"\r\nEND:VEVENT") == 1


@given(title=st.text(), name=st.text())
def test_whatever_is_entered_the_file_can_be_read(title: str, name: str) -> None:
    event = event_of(file_of(attrs.evolve(NOTICE, title=title, contact_name=name)))

    assert event["UID"] == f"{BOOKING}@frontdesk"
    assert event["ATTENDEE"] == "mailto:ada@example.com"


def test_lines_are_no_longer_than_75_bytes() -> None:
    notice = attrs.evolve(NOTICE, title="ü" * 500)
    content = FILES.of(notice, Occasion.CONFIRMED, stamped_at=NOW).content

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
