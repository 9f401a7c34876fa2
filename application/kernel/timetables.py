"""When what is done by itself is done."""

from datetime import datetime
from typing import Protocol

from domain.kernel.schedules import CronSchedule


class Timetable(Protocol):
    """Knows what the words of cron mean, across changes of the clock."""

    def next_after(self, schedule: CronSchedule, moment: datetime, /) -> datetime:
        """Raises BadCron if it means nothing, or no moment that will come."""
        ...
