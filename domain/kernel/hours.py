"""Hours that come back every week: of a desk, of a trainer. They are wall times at some place."""

from datetime import date, datetime, time
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid


@attrs.frozen
class BadHours(Invalid):
    code: ClassVar[str] = "bad_hours"
    opens: time
    closes: time

    def __str__(self) -> str:
        return f"hours are of one weekday at least, and end later that day: {self.opens} does not"


class Weekday(Enum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        return tuple(cls)[day.weekday()]


@attrs.frozen(kw_only=True)
class WeeklyHours:
    """From `opens` to `closes`, both included, on each of those days."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time

    def __attrs_post_init__(self) -> None:
        if not self.days or self.opens >= self.closes:
            raise BadHours(self.opens, self.closes)

    def __contains__(self, wall: datetime) -> bool:
        """Whether they include what the clock on the wall shows."""
        on_the_day = Weekday.of(wall.date()) in self.days
        return on_the_day and self.opens <= wall.time() <= self.closes
