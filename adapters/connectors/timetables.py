"""What the words of cron mean."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs
from cronsim import CronSim, CronSimError

from application.kernel.timetables import Timetable
from domain.kernel.schedules import BadCron, CronSchedule

HORIZON = timedelta(days=366 * 5)


@attrs.frozen
class CronTimetable(Timetable):
    """As Debian's cron takes changes of the clock: a skipped time comes right after the change,
    one that the clock shows twice comes once.
    """

    def next_after(self, schedule: CronSchedule, moment: datetime, /) -> datetime:
        there = moment.astimezone(ZoneInfo(schedule.zone.name))
        try:
            for found in CronSim(schedule.cron, there):
                at = found.astimezone(timezone.utc)
                if at - moment > HORIZON:
                    break
                if at > moment:
                    return at
        except (CronSimError, OverflowError) as error:
            raise BadCron from error
        raise BadCron
