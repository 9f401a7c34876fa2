"""How many agents the calls of a period would have needed, interval by interval."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from domain.analytics.call_totals import CallTotals, total
from domain.analytics.staffing import Staffing, StaffingTarget, staffing
from domain.analytics.traffic import Traffic
from domain.kernel.periods import Period

HOUR = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class StaffedInterval:
    """`staffing` is None where no call of the period was handled, so that none says how long one
    takes."""

    period: Period
    offered: int
    staffing: Staffing | None


def handling_seconds(totals: CallTotals) -> float | None:
    """Of a call on average: talk, hold and wrap-up; None where none took any time."""
    taken = totals.talked_ms + totals.held_ms + totals.wrapped_ms
    return taken / (1000 * totals.handled) if totals.handled and taken else None


def staffed(
    series: Sequence[tuple[Period, CallTotals]], target: StaffingTarget
) -> Sequence[StaffedInterval]:
    """By what was offered in each interval, and how long calls of the whole period took: a single
    interval has too few to say.

    Raises BadPatience.
    """
    each = handling_seconds(total(totals for _, totals in series))
    return [
        StaffedInterval(
            period=period,
            offered=totals.offered,
            staffing=None if each is None else _needed(period, totals.offered, each, target),
        )
        for period, totals in series
    ]


def _needed(period: Period, offered: int, each: float, target: StaffingTarget) -> Staffing:
    hours = (period.ends_at - period.starts_at) / HOUR
    traffic = Traffic(calls_per_hour=offered / hours, handling_seconds=each)
    return staffing(traffic, target)
