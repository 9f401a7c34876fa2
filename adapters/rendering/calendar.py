"""`CalendarFiles` by iCalendar (RFC 5545), as invitations mail programs act upon (RFC 5546)."""

from datetime import datetime, timedelta, timezone
from urllib.parse import quote

import attrs
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from adapters.rendering.time_zones import vtimezone
from application.notifications.ports import CalendarFiles
from domain.notifications.messages import Attachment, one_line
from domain.notifications.notices import BookingNotice, Occasion

PRODUCT = "-//Frontdesk//Bookings//EN"
REMINDERS = (timedelta(days=1), timedelta(hours=2))


@attrs.frozen(kw_only=True)
class IcalendarFiles(CalendarFiles):
    """The organizer is the desk: calendars take changes of an entry from nobody else."""

    organizer_name: str
    organizer_email: str

    def of(self, notice: BookingNotice, occasion: Occasion, *, stamped_at: datetime) -> Attachment:
        method = "CANCEL" if occasion is Occasion.CANCELLED else "REQUEST"
        calendar = Calendar()
        calendar.add("PRODID", PRODUCT)
        calendar.add("VERSION", "2.0")
        calendar.add("METHOD", method)
        event = self._event(notice, stamped_at)
        if method == "CANCEL":
            event.add("STATUS", "CANCELLED")
        else:
            event.add("STATUS", "CONFIRMED")
            for before in REMINDERS:
                event.add_component(_reminder(notice, before))
        calendar.add_component(event)
        if calendar.get_missing_tzids():
            zone = vtimezone(notice.zone, starts_at=notice.starts_at, ends_at=notice.ends_at)
            calendar.subcomponents.insert(0, zone)
        return Attachment(
            filename="booking.ics",
            content_type=f"text/calendar; charset=utf-8; method={method}",
            content=calendar.to_ical(),
        )

    def _event(self, notice: BookingNotice, stamped_at: datetime) -> Event:
        starts_at, ends_at = _moments(notice)
        event = Event()
        event.add("UID", f"{notice.booking_id}@frontdesk")
        event.add("SEQUENCE", notice.version)
        event.add("DTSTAMP", stamped_at.astimezone(timezone.utc))
        event.add("DTSTART", starts_at)
        event.add("DTEND", ends_at)
        event.add("SUMMARY", one_line(notice.title))
        event.add("DESCRIPTION", one_line(f"Booking reference: {notice.reference}"))
        event.add("ORGANIZER", _person(self.organizer_name, self.organizer_email))
        event.add("ATTENDEE", _attendee(notice))
        return event


def _moments(notice: BookingNotice) -> tuple[datetime, datetime]:
    """Wall times, unless one is the second of its kind in an autumn night.

    A wall time in iCalendar always means the first (RFC 5545, 3.3.5).
    """
    starts_at, ends_at = (notice.zone.wall_time(m) for m in (notice.starts_at, notice.ends_at))
    if starts_at.fold or ends_at.fold:
        return starts_at.astimezone(timezone.utc), ends_at.astimezone(timezone.utc)
    return starts_at, ends_at


def _attendee(notice: BookingNotice) -> vCalAddress:
    """Has said yes by booking, so that no calendar asks."""
    attendee = _person(notice.contact_name, notice.contact_email)
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{quote(email, safe='@+!$&*=~')}")
    person.params["CN"] = vText(one_line(name))
    return person


def _reminder(notice: BookingNotice, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", one_line(notice.title))
    alarm.add("TRIGGER", -before)
    return alarm
