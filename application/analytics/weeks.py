"""Weeks of calls, hour by hour as a desk's clock shows them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from application.analytics.asking import Span
from domain.analytics.call_totals import CallTotals
from domain.kernel.periods import Period, Zone

HOURS = 24
DAYS = 7
HOURS_OF_WEEK = DAYS * HOURS


def monday(moment: datetime, zone: Zone, *, weeks: int = 0) -> datetime:
    """When the week of the moment began there, or one so many weeks later."""
    day = zone.date_at(moment)
    first = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return zone.moment(first, time())


def weeks_before(now: datetime, zone: Zone, weeks: int) -> Span:
    """The last whole weeks."""
    return Span(period=Period(monday(now, zone, weeks=-weeks), monday(now, zone)), zone=zone)


def hour_of_week(moment: datetime, zone: Zone) -> int:
    """From 0, Monday at midnight: an hour that the clock shows twice is one of them."""
    wall = zone.wall_time(moment)
    return wall.weekday() * HOURS + wall.hour


def by_week(
    series: Sequence[tuple[Period, CallTotals]], zone: Zone
) -> Sequence[Sequence[CallTotals]]:
    """Hours of whole weeks, added up by week and hour of the week; weeks before the first call are
    left out."""
    weeks: dict[datetime, list[CallTotals]] = defaultdict(lambda: [CallTotals()] * HOURS_OF_WEEK)
    for period, totals in series:
        weeks[monday(period.starts_at, zone)][hour_of_week(period.starts_at, zone)] += totals
    ordered = [weeks[first] for first in sorted(weeks)]
    while ordered and not any(totals.calls for totals in ordered[0]):
        ordered.pop(0)
    return ordered
