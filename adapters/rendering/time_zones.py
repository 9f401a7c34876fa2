"""Time zones as RFC 5545 has them: a list of onsets, exact for the time around an appointment.

The icalendar library can derive them, but states each onset in spring in the offset after the
change instead of the one before (RFC 5545, 3.6.5), so its summers begin an hour late.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from domain.kernel.periods import Zone

AROUND = timedelta(days=400)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def vtimezone(zone: Zone, *, starts_at: datetime, ends_at: datetime) -> Timezone:
    """Right from more than a year before until more than a year after."""
    begins = starts_at.astimezone(timezone.utc).replace(microsecond=0) - AROUND
    component = Timezone()
    component.add("TZID", zone.name)
    component.add_component(_observance(zone, begins, before=_offset(zone, begins)))
    for onset in _changes(zone, begins, ends_at + AROUND):
        before = _offset(zone, onset - SECOND)
        component.add_component(_observance(zone, onset, before=before))
    return component


def _observance(
    zone: Zone, onset: datetime, *, before: timedelta
) -> TimezoneStandard | TimezoneDaylight:
    wall = zone.wall_time(onset)
    observance = TimezoneDaylight() if wall.dst() else TimezoneStandard()
    observance.add("DTSTART", (onset + before).replace(tzinfo=None))
    observance.add("TZOFFSETFROM", before)
    observance.add("TZOFFSETTO", _offset(zone, onset))
    observance.add("TZNAME", wall.tzname())
    return observance


def _changes(zone: Zone, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The first moments of every new offset; no zone changes its offset twice a day."""
    moment = begins
    while moment < ends:
        if _offset(zone, moment) != _offset(zone, moment + DAY):
            yield _change_within(zone, moment, moment + DAY)
        moment += DAY


def _change_within(zone: Zone, before: datetime, after: datetime) -> datetime:
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: Zone, moment: datetime) -> timedelta:
    return zone.wall_time(moment).utcoffset() or timedelta()
