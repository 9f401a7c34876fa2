"""Time cut into intervals as a place's clock and calendar show them."""

import bisect
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.periods import Period, Zone
from domain.kernel.refusals import Invalid

MOST_INTERVALS = 10_000


class Granularity(Enum):
    """How long an interval is; a week begins on Monday (ISO 8601)."""

    QUARTER_HOUR = "quarter_hour"
    HALF_HOUR = "half_hour"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


LENGTHS = {
    Granularity.QUARTER_HOUR: timedelta(minutes=15),
    Granularity.HALF_HOUR: timedelta(minutes=30),
    Granularity.HOUR: timedelta(hours=1),
}


@attrs.frozen
class TooManyIntervals(Invalid):
    code: ClassVar[str] = "too_many_intervals"
    field: ClassVar[str] = "interval"

    def __str__(self) -> str:
        return f"more than {MOST_INTERVALS} intervals: ask for longer ones or for less time"


def intervals(span: Period, granularity: Granularity, zone: Zone) -> tuple[Period, ...]:
    """The span cut at each full quarter, half or whole hour, midnight, Monday or first of a month.

    Without gap or overlap: a day is 23 or 25 hours long when clocks change, and the first and the
    last interval are shorter where the span does not begin or end with one. Raises
    TooManyIntervals.
    """
    cuts = [span.starts_at]
    for cut in _cuts_after(span.starts_at, granularity, zone):
        if cut >= span.ends_at:
            break
        if len(cuts) == MOST_INTERVALS:
            raise TooManyIntervals
        cuts.append(cut)
    return tuple(map(Period, cuts, [*cuts[1:], span.ends_at]))


def interval_of(moment: datetime, cut: Sequence[Period]) -> int | None:
    """Which of the intervals, in order and without gaps, the moment lies in."""
    if not cut or not cut[0].starts_at <= moment < cut[-1].ends_at:
        return None
    return bisect.bisect_right(cut, moment, key=lambda interval: interval.starts_at) - 1


def _cuts_after(moment: datetime, granularity: Granularity, zone: Zone) -> Iterator[datetime]:
    length = LENGTHS.get(granularity)
    if length is not None:
        while True:
            moment = _next_full(moment, length, zone)
            yield moment
    day = zone.date_at(moment)
    while True:
        day = _next_first_day(day, granularity)
        yield zone.moment(day, time())


def _next_full(moment: datetime, length: timedelta, zone: Zone) -> datetime:
    """When the clock next shows a full `length`; where clocks change by less, one cut is not."""
    wall = zone.wall_time(moment)
    since_midnight = timedelta(
        hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond
    )
    return moment + length - since_midnight % length


def _next_first_day(day: date, granularity: Granularity) -> date:
    if granularity is Granularity.DAY:
        return day + timedelta(days=1)
    if granularity is Granularity.WEEK:
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
