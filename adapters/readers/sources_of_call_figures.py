"""Where figures about calls are read from: sums where they will do, and the calls at the ends.

Both give the same numbers. Sums are of the usual thresholds, and of all calls; those of hours also
of calls that came in, and hence of those that went out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    select,
)

from adapters.mapping.call_measures import measures
from adapters.mapping.sums import total_of
from adapters.readers.buckets import buckets_of
from adapters.readers.pieces import HOUR, Asked, Piece, Sums, pieces_of, together
from adapters.schema.call_figures import (
    call_figures,
    call_hours,
    call_inbound_hours,
    call_quarters,
)
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


SUMS: Mapping[int, Sums] = {
    1: Sums(call_quarters.c.quarter, 1),
    HOUR: Sums(call_hours.c.hour, HOUR),
}
CAME_IN = Sums(call_inbound_hours.c.hour, HOUR)


def summed_up(actor: Actor, question: CallQuestion, cut: Sequence[Period] = ()) -> Asked:
    """All that is counted, in the order in which totals name it, after the bucket of the `cut` if
    there is one: rows with equal keys add up."""
    pieces = _pieces(question, cut)
    return together([part for piece in pieces for part in _parts(actor, question, cut, piece)])


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
    period, inbound = question.span.period, question.meeting.inbound
    if question.thresholds != USUAL or question.meeting != CallsMeeting(inbound=inbound):
        return [Piece(period)]
    pieces = pieces_of(period, cut)
    if inbound is None:
        return pieces
    if any(piece.cut for piece in pieces):
        return [Piece(period)]
    return [piece if piece.quarters == HOUR else Piece(piece.period) for piece in pieces]


def _parts(
    actor: Actor, question: CallQuestion, cut: Sequence[Period], piece: Piece
) -> Iterator[Select[Any]]:
    if piece.quarters is None:
        by = _buckets(row[f"{STAGES[question.axis]}_quarter"], cut)
        of_rows = measures(question.thresholds).values()
        yield of_calls(actor, question, *by, *of_rows, period=piece.period).group_by(*by)
        return
    for sign, sums in _sums(piece.quarters, question.meeting):
        by, of = _buckets(sums.quarter, cut), sums.table.c
        asked = select(*by, *(total_of(sign * of[name]) for name in COUNTED)).where(
            of.organization_id == actor.organization_id,
            of.axis == STAGES[question.axis],
            *sums.within(piece),
        )
        yield asked.group_by(*by)


def _sums(length: int, meeting: CallsMeeting) -> Sequence[tuple[int, Sums]]:
    """With 1 what is added, with -1 what is taken off: what went out is all less what came in."""
    if meeting.inbound is None:
        return [(1, SUMS[length])]
    return [(1, CAME_IN)] if meeting.inbound else [(1, SUMS[length]), (-1, CAME_IN)]


def _buckets(quarter: ColumnElement[int], cut: Sequence[Period]) -> Sequence[ColumnElement[Any]]:
    return [buckets_of(cut).number(quarter)] if cut else []


def _meeting(meeting: CallsMeeting) -> Sequence[ColumnElement[bool]]:
    wanted = {
        row.inbound: meeting.inbound,
        row.agent_id: meeting.agent_id,
        row.handler_id: meeting.handler_id,
        row.template: meeting.template,
        row.queue_id: meeting.queue_id,
    }
    return [column == value for column, value in wanted.items() if value is not None]
