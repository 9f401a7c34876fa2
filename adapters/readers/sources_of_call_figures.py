"""Where figures about calls are read from: sums where they will do, and the calls at the ends.

Both give the same numbers. Sums are of all calls and of the usual thresholds.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    cast,
    func,
    literal_column,
    select,
    union_all,
)

from adapters.mapping.call_measures import measures
from adapters.readers.buckets import Buckets, buckets_of, quarter_at
from adapters.readers.pieces import HOUR, Piece, pieces_of
from adapters.schema.call_figures import call_figures, call_hours, call_quarters
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


SUMS: Mapping[int, tuple[Table, ColumnElement[int]]] = {
    1: (call_quarters, call_quarters.c.quarter),
    HOUR: (call_hours, call_hours.c.hour),
}
Asked = Select[Any] | CompoundSelect[Any]


def summed_up(actor: Actor, question: CallQuestion, cut: Sequence[Period] = ()) -> Asked:
    """All that is counted, in the order in which totals name it, after the bucket of the `cut` if
    there is one: rows with equal keys add up."""
    return together([_part(actor, question, cut, piece) for piece in _pieces(question, cut)])


def together(parts: Sequence[Select[Any]]) -> Asked:
    return parts[0] if len(parts) == 1 else union_all(*parts)


def buckets_for(question: CallQuestion, cut: Sequence[Period]) -> Buckets:
    return buckets_of(row[f"{STAGES[question.axis]}_quarter"], cut)


def moment_of(axis: Axis) -> ColumnElement[datetime]:
    return row[f"{STAGES[axis]}_at"]


def of_calls(
    actor: Actor, question: CallQuestion, *columns: Any, period: Period | None = None
) -> Select[Any]:
    """Of a part of the time asked for, or all of it."""
    within, moment = period or question.span.period, moment_of(question.axis)
    return select(*columns).where(
        row.organization_id == actor.organization_id,
        moment >= within.starts_at,
        moment < within.ends_at,
        *_meeting(question.meeting),
    )


def _pieces(question: CallQuestion, cut: Sequence[Period]) -> Sequence[Piece]:
    period = question.span.period
    of_all = question.thresholds == USUAL and question.meeting == CallsMeeting()
    return pieces_of(period, cut) if of_all else [(None, period)]


def _part(
    actor: Actor, question: CallQuestion, cut: Sequence[Period], piece: Piece
) -> Select[Any]:
    length, period = piece
    if length is None:
        by = [buckets_for(question, cut).number] if cut else []
        of_rows = measures(question.thresholds).values()
        return of_calls(actor, question, *by, *of_rows, period=period).group_by(*by)
    table, number = SUMS[length]
    by = [buckets_of(number * literal_column(str(length), Integer), cut).number] if cut else []
    sums = [cast(func.coalesce(func.sum(table.c[name]), 0), BigInteger) for name in COUNTED]
    columns: Sequence[ColumnElement[Any]] = [*by, *sums]
    asked = select(*columns).where(
        table.c.organization_id == actor.organization_id,
        table.c.axis == STAGES[question.axis],
        number >= quarter_at(period.starts_at) // length,
        number < quarter_at(period.ends_at) // length,
    )
    return asked.group_by(*by)


def _meeting(meeting: CallsMeeting) -> Sequence[ColumnElement[bool]]:
    wanted = {
        row.inbound: meeting.inbound,
        row.agent_id: meeting.agent_id,
        row.handler_id: meeting.handler_id,
        row.template: meeting.template,
        row.queue_id: meeting.queue_id,
    }
    return [column == value for column, value in wanted.items() if value is not None]
