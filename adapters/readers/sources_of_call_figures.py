"""Where figures about calls are read from: sums where they will do, and the calls at the ends.

Both give the same numbers. Sums are of the usual thresholds, and of all calls; those of hours also
of calls that came in, and hence of those that went out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
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


SUMS: Mapping[int, Table] = {1: call_quarters, HOUR: call_hours}


@attrs.frozen
class Sums:
    """Of so many quarters each; those with a `sign` of -1 are taken off."""

    table: Table
    length: int
    sign: int = 1

    @property
    def number(self) -> ColumnElement[int]:
        number: ColumnElement[int] = self.table.c["quarter" if self.length == 1 else "hour"]
        return number


Asked = Select[Any] | CompoundSelect[Any]


def summed_up(actor: Actor, question: CallQuestion, cut: Sequence[Period] = ()) -> Asked:
    """All that is counted, in the order in which totals name it, after the bucket of the `cut` if
    there is one: rows with equal keys add up."""
    pieces = _pieces(question, cut)
    return together([part for piece in pieces for part in _parts(actor, question, cut, piece)])


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
    period, inbound = question.span.period, question.meeting.inbound
    if question.thresholds != USUAL or question.meeting != CallsMeeting(inbound=inbound):
        return [(None, period)]
    pieces = pieces_of(period, cut)
    if inbound is None:
        return pieces
    return [(length if length == HOUR else None, part) for length, part in pieces]


def _parts(
    actor: Actor, question: CallQuestion, cut: Sequence[Period], piece: Piece
) -> Iterator[Select[Any]]:
    length, period = piece
    if length is None:
        by = [buckets_for(question, cut).number] if cut else []
        of_rows = measures(question.thresholds).values()
        yield of_calls(actor, question, *by, *of_rows, period=period).group_by(*by)
        return
    quarters = (quarter_at(period.starts_at), quarter_at(period.ends_at))
    for sums in _sums(length, question.meeting):
        yield _of_sums(actor, question, cut, sums).where(
            sums.number >= quarters[0] // length, sums.number < quarters[1] // length
        )


def _sums(length: int, meeting: CallsMeeting) -> Sequence[Sums]:
    """What went out is all of it less what came in."""
    every, came_in = Sums(SUMS[length], length), Sums(call_inbound_hours, HOUR)
    if meeting.inbound is None:
        return [every]
    return [came_in] if meeting.inbound else [every, attrs.evolve(came_in, sign=-1)]


def _of_sums(
    actor: Actor, question: CallQuestion, cut: Sequence[Period], sums: Sums
) -> Select[Any]:
    table, quarter = sums.table, sums.number * literal_column(str(sums.length), Integer)
    by = [buckets_of(quarter, cut).number] if cut else []
    added = (func.coalesce(func.sum(sums.sign * table.c[name]), 0) for name in COUNTED)
    columns: Sequence[ColumnElement[Any]] = [*by, *(cast(one, BigInteger) for one in added)]
    asked = select(*columns).where(
        table.c.organization_id == actor.organization_id,
        table.c.axis == STAGES[question.axis],
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
