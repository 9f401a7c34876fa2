"""Where figures about bookings are read from: sums where they will do, and bookings at the ends.

Both give the same numbers. Sums are of all offerings of a kind.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    literal_column,
    select,
    union_all,
)

from adapters.mapping.summed_bookings import sums_over_facts
from adapters.mapping.sums import total_of
from adapters.readers.buckets import Buckets, buckets_of, quarter_at
from adapters.readers.pieces import HOUR, Piece, pieces_of
from adapters.schema.analytics import booking_facts, booking_hours, booking_quarters
from application.analytics.booking_views import BookingQuestion
from domain.analytics.booking_totals import BookingBasis
from domain.analytics.counted_bookings import SUMMED
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

OF = booking_facts.c
SUMS: Mapping[int, tuple[Table, ColumnElement[int]]] = {
    1: (booking_quarters, booking_quarters.c.quarter),
    HOUR: (booking_hours, booking_hours.c.hour),
}


@attrs.frozen(kw_only=True)
class BookingSums:
    """Rows that end with `currency` and all sums, and add up where their keys are equal.

    `place` says in which interval what is in a `bucket` lies.
    """

    asked: Select[Any] | CompoundSelect[Any]
    place: Callable[[int], int]


def summed_up(actor: Actor, question: BookingQuestion, cut: Sequence[Period]) -> BookingSums:
    """Without buckets if there is nothing in the `cut`."""
    pieces = pieces_of(question.span.period, cut)
    return BookingSums(
        asked=added_up([_part(actor, question, cut, piece) for piece in pieces]),
        place=buckets_for(question.by, cut).place if cut else int,
    )


def added_up(parts: Sequence[Select[Any]]) -> Select[Any] | CompoundSelect[Any]:
    return parts[0] if len(parts) == 1 else union_all(*parts)


def moment_for(by: BookingBasis) -> ColumnElement[datetime]:
    return OF.booked_at if by is BookingBasis.BOOKED else OF.starts_at


def buckets_for(by: BookingBasis, cut: Sequence[Period]) -> Buckets:
    return buckets_of(OF.booked_quarter if by is BookingBasis.BOOKED else OF.starts_quarter, cut)


def asked_of(
    actor: Actor, question: BookingQuestion, period: Period
) -> Sequence[ColumnElement[bool]]:
    moment = moment_for(question.by)
    conditions = [
        OF.organization_id == actor.organization_id,
        moment >= period.starts_at,
        moment < period.ends_at,
    ]
    if question.kind is not None:
        conditions.append(OF.kind == question.kind)
    if question.resource_id is not None:
        conditions.append(OF.resource_id == question.resource_id)
    return conditions


def _part(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], piece: Piece
) -> Select[Any]:
    length, period = piece
    if length is None:
        each = _alike(OF.currency, buckets_for(question.by, cut) if cut else None)
        asked = select(*each, *sums_over_facts()).where(*asked_of(actor, question, period))
        return asked.group_by(*each)
    table, number = SUMS[length]
    quarter = number * literal_column(str(length), Integer)
    each = _alike(table.c.currency, buckets_of(quarter, cut) if cut else None)
    asked = select(*each, *(total_of(table.c[name]).label(name) for name in SUMMED)).where(
        table.c.organization_id == actor.organization_id,
        table.c.axis == question.by.value,
        number >= quarter_at(period.starts_at) // length,
        number < quarter_at(period.ends_at) // length,
    )
    if question.kind is not None:
        asked = asked.where(table.c.kind == question.kind)
    return asked.group_by(*each)


def _alike(currency: ColumnElement[str], buckets: Buckets | None) -> Sequence[ColumnElement[Any]]:
    return [currency] if buckets is None else [buckets.number.label("bucket"), currency]
