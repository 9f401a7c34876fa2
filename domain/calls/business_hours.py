"""When a desk answers: several times a day, not on holidays, by the clock on its wall."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import ClassVar

import attrs

from domain.kernel.hours import Weekday
from domain.kernel.periods import Zone
from domain.kernel.refusals import Invalid

DAY = timedelta(days=1)
MIDNIGHT = time()


@attrs.frozen
class BadShift(Invalid):
    code: ClassVar[str] = "bad_shift"
    field: ClassVar[str] = "hours"
    opens: time
    closes: time

    def __str__(self) -> str:
        return (
            "a shift is of one weekday at least, and ends later that day or at midnight: "
            f"{self.opens} to {self.closes} does not"
        )


@attrs.frozen(kw_only=True)
class Shift:
    """From `opens` until just before `closes`, where midnight is the one that ends the day."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time

    def __attrs_post_init__(self) -> None:
        if not self.days or (self.closes != MIDNIGHT and self.opens >= self.closes):
            raise BadShift(self.opens, self.closes)


@attrs.frozen(kw_only=True)
class BusinessHours:
    """Without any shift it is open day and night, but for holidays."""

    zone: Zone
    shifts: tuple[Shift, ...] = ()
    holidays: tuple[date, ...] = ()

    def after(self, start: datetime, worked: timedelta) -> datetime:
        """When so much business time has passed since then."""
        left = worked
        for opens, closes in self._open_since(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise AssertionError("business hours go on for ever")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much business time lies between two moments."""
        total = timedelta()
        for opens, closes in self._open_since(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def _open_since(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        # Yesterday's last shift may end after a midnight that the clocks are moved over.
        day, reached = self.zone.date_at(start) - DAY, start
        while True:
            for opens, closes in self._open_on(day):
                if closes > reached:
                    yield max(opens, reached), closes
                    reached = closes
            day += DAY

    def _open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.holidays:
            return []
        if not self.shifts:
            return [(self._at(day, MIDNIGHT), self._at(day + DAY, MIDNIGHT))]
        weekday = Weekday.of(day)
        return sorted(
            (self._at(day, shift.opens), self._end(day, shift.closes))
            for shift in self.shifts
            if weekday in shift.days
        )

    def _end(self, day: date, closes: time) -> datetime:
        return self._at(day + DAY if closes == MIDNIGHT else day, closes)

    def _at(self, day: date, wall: time) -> datetime:
        return self.zone.moment(day, wall)
