"""The span of time that a report is about."""

from datetime import datetime, timedelta

from application.kernel.ports import Clock
from domain.kernel.periods import Period
from entrypoints.http.agent_shapes import SpanQuery
from entrypoints.http.shapes import sensible

USUAL_SPAN = timedelta(days=7)


def span_of(query: SpanQuery, clock: Clock) -> Period:
    """Raises BadPeriod or FarOff."""
    until: datetime = sensible(query.until) or clock()
    return Period(sensible(query.since) or until - USUAL_SPAN, until)
