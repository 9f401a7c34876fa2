"""Where figures about money are read from: sums of days that are over, and the books since then.

Both give the same numbers. What is left of intervals around whole hours, or, of offerings, around
whole days of UTC, is read from the books as well.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, func, select

from adapters.mapping.ledger import OF_JOURNAL
from adapters.mapping.sums import total_of
from adapters.readers.buckets import InBuckets, Named, grouped_by, named_if_few
from adapters.readers.pieces import HOUR, Piece, Sums, pieces_of, together
from adapters.readers.sources_of_booking_figures import is_about
from adapters.readers.whole_days import is_within, left_of, whole_days
from adapters.schema.bookings import bookings
from adapters.schema.books_sums import books_summed_up, moved_days, moved_hours, moved_quarters
from adapters.schema.ledger import journals, transfers
from adapters.schema.times_of_moments import day_begins
from adapters.sql.besides import Besides
from application.analytics.booking_views import BookingQuestion
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

OF_BOOKING = and_(
    bookings.c.organization_id == transfers.c.organization_id,
    bookings.c.id == transfers.c.booking_id,
)
ALIKE = (transfers.c.currency, journals.c.cause, transfers.c.debit, transfers.c.credit)
ALIKE_NAMES = tuple(column.name for column in ALIKE)
SUMS: Mapping[int, Sums] = {
    1: Sums(moved_quarters.c.quarter, 1),
    HOUR: Sums(moved_hours.c.hour, HOUR),
}
DAYS = moved_days.c
LONG = timedelta(days=14)
"""The bookings of one offering are sooner gone through than all books of more than that."""
By = Sequence[ColumnElement[Any]]
"""What rows are grouped by besides what makes transfers alike: by a bucket first, if at all."""


def summed_until(connection: Connection, actor: Actor) -> datetime:
    """Before that the books are summed up."""
    asked = select(books_summed_up.c.until_day).where(
        books_summed_up.c.organization_id == actor.organization_id
    )
    return day_begins(connection.execute(asked).scalar_one_or_none() or 0)


def moved_of(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], *, until: datetime
) -> InBuckets:
    """Rows that end with what makes transfers alike, how many there are and what they come to.

    Those that are alike add up. Without buckets if there is nothing in the `cut`.
    """
    pieces = _pieces(question.span.period, cut, until)
    asked = together([_part(actor, question, cut, piece) for piece in pieces])
    return InBuckets(asked, named_if_few(cut).place)


def moved_by_offering(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], *, until: datetime
) -> InBuckets:
    """Such rows of each by its `resource_id`, in each interval of the `cut`; of bookings alone."""
    buckets, period = named_if_few(cut), question.span.period
    by = [buckets.number_of_moment(journals.c.occurred_at), bookings.c.resource_id]
    over = [Period(one.starts_at, min(one.ends_at, until)) for one in cut if one.starts_at < until]
    whole = whole_days(over) if isinstance(buckets, Named) else ()
    left = left_of(period, whole)
    if question.resource_id is not None and _lasting(left) > LONG:
        return InBuckets(_of_its_bookings(actor, question, by), buckets.place)
    parts = [_of_bookings(actor, question, one, by) for one in left]
    if isinstance(buckets, Named) and whole:
        parts.append(_of_days(actor, question, buckets.number_of_day(DAYS.day), whole))
    return InBuckets(together(parts), buckets.place)


def _pieces(period: Period, cut: Sequence[Period], until: datetime) -> Sequence[Piece]:
    if until <= period.starts_at:
        return [Piece(period)]
    if until >= period.ends_at:
        return pieces_of(period, cut)
    over = pieces_of(Period(period.starts_at, until), cut)
    return [*over, Piece(Period(until, period.ends_at))]


def _part(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], piece: Piece
) -> Select[Any]:
    if piece.quarters is None:
        by = [named_if_few(cut).number_of_moment(journals.c.occurred_at)] if cut else []
        if question.kind is None:
            return _books(actor, by).where(*_occurred(piece.period))
        return _of_bookings(actor, question, piece.period, by)
    sums, row = SUMS[piece.quarters], SUMS[piece.quarters].table.c
    by = [named_if_few(cut).number(sums.quarter)] if cut else []
    return _added_up(sums.table, by).where(
        row.organization_id == actor.organization_id,
        *sums.within(piece),
        *is_about(question, row),
    )


def _of_its_bookings(actor: Actor, question: BookingQuestion, by: By) -> Select[Any]:
    """What is in the books of one offering, found by its bookings."""
    its = select(bookings.c.id).where(
        bookings.c.organization_id == actor.organization_id, *is_about(question, bookings.c)
    )
    return (
        _books(actor, by)
        .join(bookings, OF_BOOKING)
        .where(transfers.c.booking_id.in_(its), *map(Besides, _occurred(question.span.period)))
    )


def _of_bookings(actor: Actor, question: BookingQuestion, period: Period, by: By) -> Select[Any]:
    """What is in the books of bookings, found by when it was written."""
    asked_about = and_(bookings.c.id.is_not(None), *is_about(question, bookings.c))
    # Of a condition within a function SQLite does not conclude that there are bookings, and hence
    # does not begin with all of them.
    return (
        _books(actor, by)
        .outerjoin(bookings, OF_BOOKING)
        .where(*_occurred(period), func.coalesce(asked_about, false()))
    )


def _of_days(
    actor: Actor, question: BookingQuestion, bucket: ColumnElement[int], whole: Sequence[Period]
) -> Select[Any]:
    return _added_up(moved_days, [bucket, DAYS.resource_id]).where(
        DAYS.organization_id == actor.organization_id,
        is_within(DAYS.day, whole),
        *is_about(question, DAYS),
    )


def _books(actor: Actor, by: By) -> Select[Any]:
    number, minor = func.count(), total_of(transfers.c.amount_minor)
    return (
        select(*_labelled(by), *ALIKE, number.label("number"), minor.label("minor"))
        .join_from(journals, transfers, OF_JOURNAL)
        .where(journals.c.organization_id == actor.organization_id)
        .group_by(*_grouped(by), *ALIKE)
    )


def _added_up(table: Table, by: By) -> Select[Any]:
    alike = [table.c[name] for name in ALIKE_NAMES]
    sums = [total_of(table.c[name]).label(name) for name in ("number", "minor")]
    return select(*_labelled(by), *alike, *sums).group_by(*_grouped(by), *alike)


def _occurred(period: Period) -> Sequence[ColumnElement[bool]]:
    occurred_at = journals.c.occurred_at
    return (occurred_at >= period.starts_at, occurred_at < period.ends_at)


def _lasting(periods: Sequence[Period]) -> timedelta:
    return sum((one.ends_at - one.starts_at for one in periods), timedelta())


def _labelled(by: By) -> By:
    return [by[0].label("bucket"), *by[1:]] if by else []


def _grouped(by: By) -> By:
    return [one for each in by for one in grouped_by(each)]
