"""How calls went, in JSON: lengths, quality, sentiment, escalations, hours and agents needed."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta

from application.analytics.call_views import Part
from application.analytics.staffing_of_load import StaffedInterval
from domain.analytics.intervals import MOST_INTERVALS, Granularity
from domain.analytics.lengths import SHARES, STEPS, Lengths
from domain.kernel.hours import Weekday
from domain.kernel.periods import Zone
from entrypoints.http.agents_needed_shapes import (
    Agents,
    Answered,
    Occupancy,
    Patience,
    Seconds,
    Shrinkage,
)
from entrypoints.http.call_figure_shapes import CallSeriesBody, CallSeriesQuery
from entrypoints.http.figure_shapes import AskedBody, DeskZone, SpannedBody, Value, spanned
from entrypoints.http.shapes import Input, Output

MOST_CALLS = 2**53
TOP_ISSUES = 10

Number = Annotated[int, Meta(ge=0, le=MOST_CALLS, examples=[12])]
Share = Annotated[float, Meta(ge=0, le=1, examples=[0.12])]
ByName = Annotated[
    Mapping[Annotated[str, Meta(pattern="^[a-z_]+$", max_length=32)], Number], Meta(max_length=20)
]


class LengthStepBody(Output, frozen=True):
    """In seconds: at least so long, and shorter than the other; null is without an end."""

    at_least: Annotated[int, Meta(ge=0, le=STEPS[-1])]
    less_than: Annotated[int, Meta(ge=0, le=STEPS[-1])] | None
    calls: Number


class CallLengthsBody(AskedBody, frozen=True):
    """Percentiles by method 7 of Hyndman and Fan (`percentile_cont` of SQL), in seconds."""

    part: Part
    calls: Number
    mean: Seconds | None
    median: Seconds | None
    p75: Seconds | None
    p90: Seconds | None
    p95: Seconds | None
    p99: Seconds | None
    distribution: Annotated[Sequence[LengthStepBody], Meta(max_length=len(STEPS))]


class IssueCountBody(Output, frozen=True):
    """`share` is of the calls that a program has looked at."""

    kind: Annotated[str, Meta(pattern="^[a-z_]+$", max_length=64, examples=["card_number"])]
    calls: Number
    share: Share | None


class CallQualityFiguresBody(CallSeriesBody, frozen=True):
    """What was found most often first."""

    issues: Annotated[Sequence[IssueCountBody], Meta(max_length=TOP_ISSUES)]


class CallEscalationsBody(CallSeriesBody, frozen=True):
    """Escalations of the calls begun in the period; a call may have several."""

    escalations: Number
    by_trigger: ByName
    by_state: ByName
    seconds_to_resolve: Seconds | None


class PeakBody(Output, frozen=True):
    """An hour of the week, as the clock shows it, of all weeks of the period together."""

    weekday: Weekday
    hour: Annotated[int, Meta(ge=0, le=23)]
    calls: Number
    offered: Number


class CallPeaksBody(AskedBody, frozen=True):
    """The most calls first."""

    hours: Annotated[Sequence[PeakBody], Meta(max_length=168)]


class CallStaffingQuery(CallSeriesQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.HOUR
    answered: Answered = 0.8
    occupancy: Occupancy = 1.0
    shrinkage: Shrinkage = 0.0
    patience_seconds: Patience | None = None


class StaffedIntervalBody(SpannedBody, frozen=True):
    """Null where no call of the period says how long one takes."""

    offered: Number
    agents: Agents | None
    rostered: Agents | None
    answered_in_time: Share | None

    @classmethod
    def of(cls, zone: Zone, interval: StaffedInterval) -> "StaffedIntervalBody":
        needed = interval.staffing
        return cls(
            **spanned(zone, interval.period),
            offered=interval.offered,
            agents=None if needed is None else needed.agents,
            rostered=None if needed is None else needed.rostered,
            answered_in_time=None if needed is None else needed.expected.answered_in_time,
        )


class CallStaffingBody(AskedBody, frozen=True):
    """`handling_seconds` is what a call of the period took on average."""

    interval: Granularity
    handling_seconds: Seconds | None
    intervals: Annotated[Sequence[StaffedIntervalBody], Meta(max_length=MOST_INTERVALS)]


class ForecastQuery(Input, frozen=True, kw_only=True):
    weeks: Annotated[
        int, Meta(ge=2, le=52, description="Whole weeks before this one to learn from.")
    ] = 8
    zone: DeskZone | None = None


class ForecastHourBody(SpannedBody, frozen=True):
    offered: Annotated[float, Meta(ge=0, le=MOST_CALLS, examples=[12.5])]


class ForecastBody(AskedBody, frozen=True):
    """For the week that goes on, from the median of each of its hours in weeks before.

    Errors are sums of absolute errors as shares of the calls there were, of weeks foretold from
    those before them; `naive_error` is what "as a week ago" would have cost.
    """

    weeks: Annotated[int, Meta(ge=2, le=52)]
    error: Value
    naive_error: Value
    hours: Annotated[Sequence[ForecastHourBody], Meta(max_length=170)]


def lengths_body(lengths: Lengths) -> dict[str, object]:
    median, p75, p90, p95, p99 = (lengths.percentile(share) for share in SHARES)
    return {
        "calls": lengths.calls,
        "mean": lengths.mean,
        "median": median,
        "p75": p75,
        "p90": p90,
        "p95": p95,
        "p99": p99,
        "distribution": [
            LengthStepBody(at_least=one.at_least, less_than=one.less_than, calls=one.calls)
            for one in lengths.distribution
        ],
    }
