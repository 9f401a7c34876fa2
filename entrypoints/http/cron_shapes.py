"""When something comes again, by cron."""

from typing import Annotated

from msgspec import Meta

from domain.kernel.schedules import CronSchedule
from entrypoints.http.shapes import Input, Output, ZoneName

Cron = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Za-z*/,# -]+$(?!\n)",
        min_length=9,
        max_length=100,
        description="Five fields: minute, hour, day, month, day of the week.",
        examples=["30 4 * * *"],
    ),
]


class CronInput(Input, frozen=True):
    """On the clock of a zone."""

    cron: Cron
    zone: ZoneName

    def schedule(self) -> CronSchedule:
        """Raises BadCron."""
        return CronSchedule.there(self.cron, self.zone)


class CronBody(Output, frozen=True):
    cron: Cron
    zone: ZoneName

    @classmethod
    def of(cls, schedule: CronSchedule) -> "CronBody":
        return cls(cron=schedule.cron, zone=schedule.zone.name)
