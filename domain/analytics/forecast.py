"""What the next weeks bring, from the weeks before."""

import statistics
from collections.abc import Sequence
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid

# Weeks at the end of what is known that are foretold from those before, to see how far off it is.
JUDGED_WEEKS = 4
FEWEST_WEEKS = 2


@attrs.frozen
class TooLittleHistory(Invalid):
    code: ClassVar[str] = "too_little_history"

    def __str__(self) -> str:
        return "a forecast takes two whole weeks of calls at least"


@attrs.frozen(kw_only=True)
class Forecast:
    """Calls expected in each interval of the week to come, and how far off such forecasts were.

    Errors are absolute errors as shares of the calls there were (WAPE), over the last weeks that
    could be foretold from those before them: `naive_error` is what "as a week ago" would have
    cost. None where no week could be judged, or no call came.
    """

    expected: tuple[float, ...]
    error: float | None
    naive_error: float | None


def forecast(weeks: Sequence[Sequence[int]], *, remembered: int = 6) -> Forecast:
    """From calls in each interval of past weeks, oldest first; all weeks are cut the same way.

    A seasonal baseline: an interval's median over the remembered weeks, which an outage or a
    holiday does not move. Raises TooLittleHistory.
    """
    if len(weeks) < FEWEST_WEEKS:
        raise TooLittleHistory
    judged = range(max(FEWEST_WEEKS, len(weeks) - JUDGED_WEEKS), len(weeks))
    actual = [calls for week in judged for calls in weeks[week]]
    medians = [value for week in judged for value in _medians(weeks[:week], remembered)]
    naive = [float(calls) for week in judged for calls in weeks[week - 1]]
    return Forecast(
        expected=_medians(weeks, remembered),
        error=_absolute_error(actual, medians),
        naive_error=_absolute_error(actual, naive),
    )


def _medians(weeks: Sequence[Sequence[int]], remembered: int) -> tuple[float, ...]:
    return tuple(
        float(statistics.median(interval)) for interval in zip(*weeks[-remembered:], strict=True)
    )


def _absolute_error(actual: Sequence[int], expected: Sequence[float]) -> float | None:
    if not sum(actual):
        return None
    return sum(
        abs(came - foretold) for came, foretold in zip(actual, expected, strict=True)
    ) / sum(actual)
