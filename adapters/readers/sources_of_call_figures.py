"""Where figures about calls are read from: sums of quarters where they will do, or the calls.

Both give the same numbers. Sums are of all calls, of whole quarters and of the usual thresholds.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    cast,
    func,
    select,
)

from adapters.mapping.call_measures import Sum, measures
from adapters.readers.buckets import QUARTER, Buckets, buckets_of, quarter_at
from adapters.schema.call_figures import call_figures, call_quarters
from application.analytics.call_views import Axis, CallQuestion, CallsMeeting, Part
from domain.analytics.call_totals import COUNTED
from domain.analytics.counted_calls import USUAL
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

STAGES = {
    Axis.START: "started",
    Axis.QUEUE: "asked",
    Axis.ANSWER: "answered",
    Axis.END: "ended",
}
row = call_figures.c
PARTS: Mapping[Part, ColumnElement[int]] = {
    Part.WAIT: row.waited_ms,
    Part.TALK: row.talked_ms,
    Part.HOLD: row.held_ms,
    Part.WRAP_UP: row.wrapped_ms,
    Part.DURATION: row.talked_ms + row.held_ms,
    Part.HANDLE: row.talked_ms + row.held_ms + func.coalesce(row.wrapped_ms, 0),
}


class Source(Protocol):
    @property
    def sums(self) -> Sequence[Sum]:
        """In the order in which totals name them."""
        ...

    def asked(self, actor: Actor, *columns: Any) -> Select[Any]: ...

    def buckets(self, cut: Sequence[Period]) -> Buckets: ...


def source_of(question: CallQuestion) -> Source:
    period = question.span.period
    whole = all(moment.timestamp() % QUARTER == 0 for moment in (period.starts_at, period.ends_at))
    if whole and question.thresholds == USUAL and question.meeting == CallsMeeting():
        return _OfQuarters(question)
    return of_calls(question)


def of_calls(question: CallQuestion) -> Source:
    return _OfCalls(question)


def moment_of(axis: Axis) -> ColumnElement[datetime]:
    return row[f"{STAGES[axis]}_at"]


@attrs.frozen
class _OfQuarters(Source):
    question: CallQuestion

    @property
    def sums(self) -> Sequence[Sum]:
        return [
            cast(func.coalesce(func.sum(call_quarters.c[name]), 0), BigInteger) for name in COUNTED
        ]

    def asked(self, actor: Actor, *columns: Any) -> Select[Any]:
        period = self.question.span.period
        return select(*columns).where(
            call_quarters.c.organization_id == actor.organization_id,
            call_quarters.c.axis == STAGES[self.question.axis],
            call_quarters.c.quarter >= quarter_at(period.starts_at),
            call_quarters.c.quarter < quarter_at(period.ends_at),
        )

    def buckets(self, cut: Sequence[Period]) -> Buckets:
        return buckets_of(call_quarters.c.quarter, cut)


@attrs.frozen
class _OfCalls(Source):
    question: CallQuestion

    @property
    def sums(self) -> Sequence[Sum]:
        return list(measures(self.question.thresholds).values())

    def asked(self, actor: Actor, *columns: Any) -> Select[Any]:
        period, moment = self.question.span.period, moment_of(self.question.axis)
        return select(*columns).where(
            row.organization_id == actor.organization_id,
            moment >= period.starts_at,
            moment < period.ends_at,
            *_meeting(self.question.meeting),
        )

    def buckets(self, cut: Sequence[Period]) -> Buckets:
        return buckets_of(row[f"{STAGES[self.question.axis]}_quarter"], cut)


def _meeting(meeting: CallsMeeting) -> Sequence[ColumnElement[bool]]:
    wanted = {
        row.inbound: meeting.inbound,
        row.agent_id: meeting.agent_id,
        row.handler_id: meeting.handler_id,
        row.template: meeting.template,
        row.queue_id: meeting.queue_id,
    }
    return [column == value for column, value in wanted.items() if value is not None]
