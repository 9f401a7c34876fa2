"""Where figures about bookings are read from: sums where they will do, and bookings at the ends.

Both give the same numbers. Sums are of all offerings of a kind.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from adapters.mapping.summed_bookings import sums_over_facts
from adapters.mapping.sums import total_of
from adapters.readers.buckets import InBuckets, buckets_of
from adapters.readers.pieces import HOUR, Piece, Sums, pieces_of, together
from adapters.schema.analytics import booking_facts, booking_hours, booking_quarters
from application.analytics.booking_views import BookingQuestion
from domain.analytics.booking_totals import BookingBasis
from domain.analytics.counted_bookings import SUMMED
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

OF = booking_facts.c
SUMS: Mapping[int, Sums] = {
    1: Sums(booking_quarters.c.quarter, 1),
    HOUR: Sums(booking_hours.c.hour, HOUR),
}


def summed_up(actor: Actor, question: BookingQuestion, cut: Sequence[Period]) -> InBuckets:
    """Rows that end with `currency` and all sums, and add up where their keys are equal.

    Without buckets if there is nothing in the `cut`.
    """
    pieces = pieces_of(question.span.period, cut)
    asked = together([_part(actor, question, cut, piece) for piece in pieces])
    return InBuckets(asked, buckets_of(cut).place) if cut else InBuckets(asked)


def moment_for(by: BookingBasis) -> ColumnElement[datetime]:
    return OF.booked_at if by is BookingBasis.BOOKED else OF.starts_at


def quarter_for(by: BookingBasis) -> ColumnElement[int]:
    return OF.booked_quarter if by is BookingBasis.BOOKED else OF.starts_quarter


def asked_of(
    actor: Actor, question: BookingQuestion, period: Period
) -> Sequence[ColumnElement[bool]]:
    moment = moment_for(question.by)
    return (
        OF.organization_id == actor.organization_id,
        moment >= period.starts_at,
        moment < period.ends_at,
        *is_about(question, OF),
    )


def is_about(
    question: BookingQuestion, row: ReadOnlyColumnCollection[str, Any]
) -> Iterator[ColumnElement[bool]]:
    """The kind and the offering that are asked about, if any are."""
    if question.kind is not None:
        yield row.kind == question.kind
    if question.resource_id is not None:
        yield row.resource_id == question.resource_id


def _part(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], piece: Piece
) -> Select[Any]:
    if piece.quarters is None:
        each = _alike(OF.currency, quarter_for(question.by), cut)
        asked = select(*each, *sums_over_facts()).where(*asked_of(actor, question, piece.period))
        return asked.group_by(*each)
    sums, row = SUMS[piece.quarters], SUMS[piece.quarters].table.c
    each = _alike(row.currency, sums.quarter, cut)
    asked = select(*each, *(total_of(row[name]).label(name) for name in SUMMED)).where(
        row.organization_id == actor.organization_id,
        row.axis == question.by.value,
        *sums.within(piece),
        *is_about(question, row),
    )
    return asked.group_by(*each)


def _alike(
    currency: ColumnElement[str], quarter: ColumnElement[int], cut: Sequence[Period]
) -> Sequence[ColumnElement[Any]]:
    return [buckets_of(cut).number(quarter).label("bucket"), currency] if cut else [currency]
