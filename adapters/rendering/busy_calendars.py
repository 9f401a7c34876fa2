"""Feeds of busy times (RFC 5545): when, and nothing about whom."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timezone

from icalendar import Calendar, Event

from application.bookings.channel_ports import BusyCalendar, BusyCalendars
from domain.bookings.busy_times import BusyTime
from domain.bookings.channels import Channel
from domain.kernel.periods import DateRange

PRODUCT = "-//Frontdesk//Channels//EN"
NEVER = datetime(2000, 1, 1, tzinfo=timezone.utc)


class IcalendarBusyTimes(BusyCalendars):
    """The same entries are the same bytes: nothing in them depends on when somebody asks.

    Days are dates, which no change of a clock moves; moments are in UTC.
    """

    def of(self, channel: Channel, entries: Sequence[BusyTime], /) -> BusyCalendar:
        calendar = Calendar()
        calendar.add("PRODID", PRODUCT)
        calendar.add("VERSION", "2.0")
        calendar.add("CALSCALE", "GREGORIAN")
        calendar.add("METHOD", "PUBLISH")
        for entry in entries:
            calendar.add_component(_event(entry))
        body = calendar.to_ical()
        return BusyCalendar(
            body=body,
            tag=hashlib.sha256(body).hexdigest()[:32],
            modified_at=max((entry.modified_at for entry in entries), default=NEVER),
        )


def _event(entry: BusyTime) -> Event:
    event, span = Event(), entry.span
    modified = entry.modified_at.astimezone(timezone.utc).replace(microsecond=0)
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", modified)
    event.add("LAST-MODIFIED", modified)
    if isinstance(span, DateRange):
        event.add("DTSTART", span.first)
        event.add("DTEND", span.until)
    else:
        event.add("DTSTART", span.starts_at)
        event.add("DTEND", span.ends_at)
    event.add("SUMMARY", "Not available")
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event
