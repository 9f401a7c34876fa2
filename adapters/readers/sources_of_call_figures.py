"""Where figures about calls are read from: sums of quarters where they will do, or the calls.

Both give the same numbers. Sums are of all calls, of whole quarters and of the usual thresholds.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from itertools import groupby
from typing import Any, Protocol

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    case,
    cast,
    func,
    literal_column,
    select,
)

from adapters.mapping.call_measures import Sum, measures
from adapters.mapping.counted_calls import QUARTER
from adapters.schema.call_figures import call_figures, call_quarters
from application.analytics.call_views import Axis, CallQuestion, CallsMeeting, Part
from domain.analytics.call_totals import COUNTED
from domain.analytics.counted_calls import USUAL
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

# Of quarters: days, hours, half hours. The largest is taken at which intervals end, but for the
# few times that clocks change.
LENGTHS = (96, 4, 2, 1)
FEW = 12
APART = 10**8  # numbers of stretches: no quarter of any year is numbered as high
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


@attrs.frozen(kw_only=True)
class Stretch:
    """Quarters up to, but not including, `until` (None: all that follow), cut every so many.

    Where clocks change, days begin at other quarters than before: another stretch begins.
    """

    begins_at: datetime
    phase: int
    until: int | None


@attrs.frozen(kw_only=True)
class Buckets:
    """Quarters cut so that no bucket lies in two intervals; `number` tells them apart."""

    number: ColumnElement[int]
    length: int
    stretches: Sequence[Stretch]

    def moment(self, number: int) -> datetime:
        """In the interval that the bucket lies in."""
        place, within = divmod(number, APART)
        stretch = self.stretches[place]
        quarter = within * self.length + stretch.phase
        began = datetime.fromtimestamp(quarter * QUARTER, tz=timezone.utc)
        return max(began, stretch.begins_at)


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
            call_quarters.c.quarter >= _quarter(period.starts_at),
            call_quarters.c.quarter < _quarter(period.ends_at),
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


def buckets_of(quarter: ColumnElement[int], cut: Sequence[Period]) -> Buckets:
    """As few as there can be without counting days of changing clocks by the hour."""
    cuts = {length: _stretches(cut, length) for length in LENGTHS}
    length = next(length for length in LENGTHS if length == 1 or len(cuts[length]) <= FEW)
    stretches = cuts[length]
    # Written out: a grouping by a parameter is another one to PostgreSQL than the column's.
    numbers = [
        (quarter - _whole(stretch.phase)) // _whole(length) + _whole(place * APART)
        for place, stretch in enumerate(stretches)
    ]
    changes = [quarter < _whole(stretch.until) for stretch in stretches if stretch.until]
    number = (
        case(*zip(changes, numbers, strict=False), else_=numbers[-1]) if changes else numbers[0]
    )
    return Buckets(number=number, length=length, stretches=stretches)


def _stretches(cut: Sequence[Period], length: int) -> Sequence[Stretch]:
    """One for each run of intervals that end at the same of `length` quarters."""
    ends = [(_quarter(period.ends_at), period.ends_at) for period in cut[:-1]]
    runs = [list(run) for _, run in groupby(ends, key=lambda end: end[0] % length)]
    begin = [cut[0].starts_at, *(run[-1][1] for run in runs)]
    until = [*(run[-1][0] for run in runs[:-1]), None]
    phases = [run[0][0] % length for run in runs] or [0]
    return [
        Stretch(begins_at=begins_at, phase=phase, until=ends_before)
        for begins_at, phase, ends_before in zip(begin, phases, until or [None], strict=False)
    ]


def _whole(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer)


def _quarter(moment: datetime) -> int:
    return int(moment.timestamp()) // QUARTER
