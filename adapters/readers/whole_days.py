"""Whole days of UTC, of which there are sums, and what is left of a time around them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

from adapters.schema.times_of_moments import day_begins, day_of
from domain.kernel.periods import Period


def whole_days(cut: Sequence[Period]) -> Sequence[Period]:
    """Within intervals; days that follow each other make one."""
    found: list[Period] = []
    for one in cut:
        first, last = day_of(one.starts_at), day_of(one.ends_at)
        if day_begins(first) < one.starts_at:
            first += 1
        if first >= last:
            continue
        days = Period(day_begins(first), day_begins(last))
        if found and found[-1].ends_at == days.starts_at:
            days = Period(found.pop().starts_at, days.ends_at)
        found.append(days)
    return found


def left_of(period: Period, whole: Sequence[Period]) -> Sequence[Period]:
    """Of the period, what is in none of the others."""
    begin = [period.starts_at, *(one.ends_at for one in whole)]
    end = [*(one.starts_at for one in whole), period.ends_at]
    return [Period(since, until) for since, until in zip(begin, end, strict=True) if since < until]


def is_within(day: ColumnElement[int], whole: Sequence[Period]) -> ColumnElement[bool]:
    """One of those whole days; they are in order."""
    each = [and_(day >= day_of(days.starts_at), day < day_of(days.ends_at)) for days in whole]
    if len(each) == 1:
        return each[0]
    # Databases look for what all of them lie between.
    return and_(day >= day_of(whole[0].starts_at), day < day_of(whole[-1].ends_at), or_(*each))
