"""Hours on the wall in JSON."""

from datetime import time
from typing import Annotated

from msgspec import Meta

from domain.kernel.hours import Weekday, WeeklyHours
from entrypoints.http.shapes import Input

WallTime = Annotated[
    time,
    Meta(
        tz=False,
        description="Wall time there.",
        examples=["15:00:00"],
        extra_json_schema={"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"},
    ),
]
Weekdays = Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7)]


class HoursInput(Input, frozen=True):
    """On each of these days, from opening to closing time, both included."""

    days: Weekdays
    opens: WallTime
    closes: WallTime

    def hours(self) -> WeeklyHours:
        """Raises BadHours."""
        return WeeklyHours(days=self.days, opens=self.opens, closes=self.closes)

    @classmethod
    def of(cls, hours: WeeklyHours) -> "HoursInput":
        return cls(days=hours.days, opens=hours.opens, closes=hours.closes)
