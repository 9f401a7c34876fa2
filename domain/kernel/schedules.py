"""When something is done by itself: in the words of cron, on the clock of a zone."""

from typing import ClassVar

import attrs

from domain.kernel.periods import UnknownZone, Zone
from domain.kernel.refusals import Invalid

FIELDS = 5


@attrs.frozen
class BadCron(Invalid):
    code: ClassVar[str] = "bad_cron"
    field: ClassVar[str] = "schedule"

    def __str__(self) -> str:
        return (
            "a schedule has five fields, such as 30 4 * * 1-5, names a moment that will come, "
            "and a time zone of the IANA database, such as Europe/London"
        )


@attrs.frozen(kw_only=True)
class CronSchedule:
    """Whether `cron` means anything, and when, is asked of a `Timetable`."""

    cron: str
    zone: Zone

    @classmethod
    def there(cls, cron: str, zone: str) -> "CronSchedule":
        """Raises BadCron if there is no such zone, or if there are not five fields."""
        fields = cron.split()
        if len(fields) != FIELDS:
            raise BadCron
        try:
            return cls(cron=" ".join(fields), zone=Zone(zone))
        except UnknownZone as unknown:
            raise BadCron from unknown
