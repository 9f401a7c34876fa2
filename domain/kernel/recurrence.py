"""What takes place again and again, by the clock on the wall."""

from datetime import date, time, timedelta
from typing import ClassVar

import attrs

from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.refusals import Invalid

DAY = timedelta(days=1)


@attrs.frozen
class BadRecurrence(Invalid):
    code: ClassVar[str] = "bad_recurrence"
    most: int

    def __str__(self) -> str:
        return (
            "days of the week are numbered from 1 for Monday to 7, nothing lasts longer than a "
            f"day, and there are 1 to {self.most} times in all"
        )


@attrs.frozen(kw_only=True)
class Recurrence:
    """On some days of the week, at the same time on the clock of the place, for equally long.

    A time that the clock skips in spring is read with the offset before the change, so it is
    later by as much as was skipped; of a time that it shows twice in autumn, it is the first.
    """

    MOST: ClassVar[int] = 200

    weekdays: frozenset[int]
    dates: DateRange
    starts: time
    lasts: timedelta
    skipped: frozenset[date] = frozenset()

    def __attrs_post_init__(self) -> None:
        named = bool(self.weekdays) and self.weekdays <= set(range(1, 8))
        if not (named and timedelta() < self.lasts <= DAY and 1 <= len(self.days) <= self.MOST):
            raise BadRecurrence(self.MOST)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(
            day
            for day in self.dates.days
            if day.isoweekday() in self.weekdays and day not in self.skipped
        )

    def periods(self, zone: Zone) -> tuple[Period, ...]:
        starts = (zone.moment(day, self.starts) for day in self.days)
        return tuple(Period(start, start + self.lasts) for start in starts)
