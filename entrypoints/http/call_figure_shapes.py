"""What is asked about calls and answered, in JSON."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

import attrs
from msgspec import Meta

from application.analytics.asking import Asking, Span
from application.analytics.call_views import Axis, CallQuestion, CallsMeeting, Grouping, Part
from domain.analytics.call_outcomes import USUAL_DAYS
from domain.analytics.call_totals import CallTotals
from domain.analytics.counted_calls import Thresholds
from domain.analytics.figures import Figure
from domain.analytics.intervals import MOST_INTERVALS, Granularity
from domain.kernel.actors import Actor
from domain.kernel.periods import Period, Zone
from entrypoints.http.call_shapes import Template
from entrypoints.http.figure_shapes import (
    AskedBody,
    SpannedBody,
    SpanQuery,
    Values,
    span_of,
    spanned,
    valued,
)
from entrypoints.http.paging import (
    LARGEST_PAGE,
    USUAL_PAGE,
    Cursor,
    Limit,
    Next,
)
from entrypoints.http.shapes import ONE_LINE, Identifier, Moment, Output

LONGEST_THRESHOLD = 604_800
MOST_GROUPS = 100_000
LONGEST_AGAIN = 90

Within = Annotated[
    int,
    Meta(ge=1, le=LONGEST_THRESHOLD, description="What in time is, for the service level."),
]
Short = Annotated[
    int,
    Meta(
        ge=0,
        le=LONGEST_THRESHOLD,
        description="Who hangs up within so many seconds did not mean to call.",
    ),
]
Again = Annotated[
    int,
    Meta(
        ge=1,
        le=LONGEST_AGAIN,
        description="Who calls again within so many days was not helped before.",
    ),
]
CallFigures = Sequence[Figure[CallTotals]]


class CallsQuery(SpanQuery, frozen=True, kw_only=True):
    """`by` is by what a call belongs to a time."""

    by: Axis = Axis.START
    direction: Literal["inbound", "outbound"] | None = None
    agent_id: UUID | None = None
    handler_id: UUID | None = None
    template: Template | None = None
    queue_id: UUID | None = None
    answer_within_seconds: Within = 20
    short_abandon_seconds: Short = 5

    def question(self, span: Span) -> CallQuestion:
        return CallQuestion(
            span=span,
            axis=self.by,
            meeting=CallsMeeting(
                inbound=None if self.direction is None else self.direction == "inbound",
                agent_id=self.agent_id,
                handler_id=self.handler_id,
                template=self.template,
                queue_id=self.queue_id,
            ),
            thresholds=Thresholds(
                answer_within=timedelta(seconds=self.answer_within_seconds),
                short_abandon=timedelta(seconds=self.short_abandon_seconds),
            ),
        )


class CallSeriesQuery(CallsQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.DAY


class CallGroupsQuery(CallsQuery, frozen=True, kw_only=True):
    group: Grouping = Grouping.AGENT


class CallLengthsQuery(CallsQuery, frozen=True, kw_only=True):
    part: Part = Part.DURATION


class IntervalBody(SpannedBody, frozen=True):
    figures: Values


Intervals = Annotated[Sequence[IntervalBody], Meta(max_length=MOST_INTERVALS)]


class CallSeriesBody(AskedBody, frozen=True):
    """Without gaps; the whole period is not the mean of its intervals."""

    interval: Granularity
    figures: Values
    intervals: Intervals


class CallOverviewBody(AskedBody, frozen=True):
    """`before` is as much time before."""

    figures: Values
    before: IntervalBody


class CallGroupBody(Output, frozen=True):
    """`key` is an identifier or a name; null is of calls that have none."""

    key: Annotated[str, Meta(pattern=ONE_LINE, max_length=100)] | None
    figures: Values


class CallGroupsBody(AskedBody, frozen=True):
    """The most calls first."""

    group: Grouping
    groups: Annotated[Sequence[CallGroupBody], Meta(max_length=MOST_GROUPS)]


class CallBehindBody(Output, frozen=True):
    """`at` is by what it was counted."""

    call_id: Identifier
    at: Moment


class CallsBehindBody(Output, frozen=True):
    items: Annotated[Sequence[CallBehindBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


Counted = Literal[
    "calls",
    "inbound",
    "outbound",
    "active",
    "completed",
    "failed",
    "escalated",
    "offered",
    "answered",
    "answered_in_time",
    "abandoned",
    "abandoned_soon",
    "handled",
    "scored",
    "excellent",
    "good",
    "fair",
    "poor",
    "judged",
    "positive",
    "neutral",
    "negative",
    "contacts",
    "resolved_at_first_contact",
    "calls_with_hold",
    "calls_with_booking",
]


class CallsBehindQuery(CallsQuery, frozen=True, kw_only=True):
    figure: Counted = "calls"
    again_within_days: Again = USUAL_DAYS
    limit: Limit = USUAL_PAGE
    cursor: Cursor | None = None


def interval_body(
    zone: Zone, period: Period, figures: CallFigures, totals: CallTotals
) -> IntervalBody:
    return IntervalBody(figures=valued(figures, totals), **spanned(zone, period))


async def question_of(query: CallsQuery, actor: Actor, asking: Asking) -> CallQuestion:
    """Raises BadPeriod, FarOff or UnknownZone."""
    question = query.question(await span_of(query, actor, asking))
    days = getattr(query, "again_within_days", USUAL_DAYS)
    return attrs.evolve(question, again_within_days=days)
