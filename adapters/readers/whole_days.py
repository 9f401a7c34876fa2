"""Whole days of UTC, of which there are sums, and what is left of a time around them."""

from collections.abc import Sequence
from datetime import datetime

from adapters.mapping.sums import QUARTERS_OF_A_DAY
from adapters.readers.buckets import moment_at, quarter_at
from domain.kernel.periods import Period


def whole_days(cut: Sequence[Period]) -> Sequence[Period]:
    """Within intervals; days that follow each other make one."""
    found: list[Period] = []
    for one in cut:
        first, last = -(-_quarter_after(one.starts_at) // QUARTERS_OF_A_DAY), day_at(one.ends_at)
        if first >= last:
            continue
        days = Period(_begins(first), _begins(last))
        if found and found[-1].ends_at == days.starts_at:
            days = Period(found.pop().starts_at, days.ends_at)
        found.append(days)
    return found


def left_of(period: Period, whole: Sequence[Period]) -> Sequence[Period]:
    """Of the period, what is in none of the others."""
    begin = [period.starts_at, *(one.ends_at for one in whole)]
    end = [*(one.starts_at for one in whole), period.ends_at]
    return [Period(since, until) for since, until in zip(begin, end, strict=True) if since < until]


def _quarter_after(moment: datetime) -> int:
    """The first that does not begin before the moment."""
    quarter = quarter_at(moment)
    return quarter if moment_at(quarter) == moment else quarter + 1


def day_at(moment: datetime) -> int:
    """Counted from 1970."""
    return quarter_at(moment) // QUARTERS_OF_A_DAY


def _begins(day: int) -> datetime:
    return moment_at(day * QUARTERS_OF_A_DAY)
