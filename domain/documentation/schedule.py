"""When a site is read by itself."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import ClassVar

import attrs

from domain.kernel.hours import Weekday
from domain.kernel.periods import UnknownZone, Zone
from domain.kernel.refusals import Invalid

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@attrs.frozen
class BadSchedule(Invalid):
    code: ClassVar[str] = "bad_schedule"
    field: ClassVar[str] = "schedule"

    def __str__(self) -> str:
        return (
            "a schedule has a day of the week and a time at least, with an hour or more between "
            "two of them, in a time zone of the IANA database, such as Europe/London"
        )


@attrs.frozen(kw_only=True)
class Schedule:
    """At each of the times, as the clock on the wall there shows it, on each of the days.

    A time that the clock skips in spring comes as much later as was skipped; of one that it shows
    twice in autumn, the first counts.
    """

    CLOSEST: ClassVar[timedelta] = timedelta(hours=1)

    days: tuple[Weekday, ...]
    times: tuple[time, ...]
    zone: Zone

    @classmethod
    def there(cls, zone: str, *, days: tuple[Weekday, ...], times: tuple[time, ...]) -> "Schedule":
        """Raises BadSchedule if there is no such zone."""
        try:
            return cls(days=days, times=times, zone=Zone(zone))
        except UnknownZone as unknown:
            raise BadSchedule from unknown

    def demand(self) -> None:
        """Raises BadSchedule."""
        if not (self.days and self.times) or self.shortest_gap < self.CLOSEST:
            raise BadSchedule

    @property
    def shortest_gap(self) -> timedelta:
        """Between two that follow each other, in weeks in which no clock is changed."""
        week = list(Weekday)
        came = sorted(
            {
                week.index(day) * DAY
                + timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
                for day in self.days
                for at in self.times
            }
        )
        return min(later - earlier for earlier, later in pairwise([*came, came[0] + WEEK]))

    def next_after(self, moment: datetime) -> datetime:
        """However long ago the last one was, this is one."""
        today = self.zone.date_at(moment)
        # From yesterday on: a zone that moves across the date line skips a whole day.
        days = (today + number * DAY for number in range(-1, 8))
        moments = (
            self.zone.moment(day, at)
            for day in days
            if Weekday.of(day) in self.days
            for at in self.times
        )
        return min(each for each in moments if each > moment)
