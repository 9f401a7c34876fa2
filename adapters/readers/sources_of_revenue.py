"""Where figures about money are read from: sums of days that are over, and the books since then.

Both give the same numbers. What is left of intervals around whole hours, or, of offerings, around
whole days of UTC, is read from the books as well.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    func,
    literal_column,
    or_,
    select,
)

from adapters.mapping.ledger import OF_JOURNAL
from adapters.mapping.sums import total_of
from adapters.readers.buckets import buckets_of, grouped_by, placed, quarter_at
from adapters.readers.pieces import HOUR, Piece, pieces_of
from adapters.readers.sources_of_booking_figures import added_up
from adapters.readers.sums_by_offering import MOST
from adapters.readers.whole_days import day_at, left_of, whole_days
from adapters.schema.bookings import bookings
from adapters.schema.books_sums import books_summed_up, moved_days, moved_hours, moved_quarters
from adapters.schema.ledger import journals, transfers
from adapters.schema.times_of_moments import SECONDS_OF_A_DAY, QuarterOf
from adapters.sql.besides import Besides
from application.analytics.booking_views import BookingQuestion
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

OF_BOOKING = and_(
    bookings.c.organization_id == transfers.c.organization_id,
    bookings.c.id == transfers.c.booking_id,
)
QUARTER = QuarterOf(journals.c.occurred_at)
ALIKE = (transfers.c.currency, journals.c.cause, transfers.c.debit, transfers.c.credit)
ALIKE_NAMES = tuple(column.name for column in ALIKE)
TABLES: dict[int, tuple[Table, ColumnElement[int]]] = {
    1: (moved_quarters, moved_quarters.c.quarter),
    HOUR: (moved_hours, moved_hours.c.hour),
}
DAYS = moved_days.c
LONG = timedelta(days=31)
"""The bookings of one offering are sooner gone through than all books of more than that."""


@attrs.frozen(kw_only=True)
class MovedSums:
    """Rows that end with what makes transfers alike, how many there are and what they come to.

    Those that are alike add up; `place` says in which interval what is in a `bucket` lies.
    """

    asked: Select[Any] | CompoundSelect[Any]
    place: Callable[[int], int]


@attrs.frozen
class Cut:
    """A time cut into intervals: few are told apart by the database itself."""

    intervals: Sequence[Period]

    def buckets_of(self, quarter: ColumnElement[int]) -> Sequence[ColumnElement[int]]:
        """Their number, if there are any."""
        if not self.intervals:
            return []
        if len(self.intervals) > MOST:
            return [buckets_of(quarter, self.intervals).number]
        return [placed(quarter, [quarter_at(one.ends_at) for one in self.intervals[:-1]])]

    @property
    def place(self) -> Callable[[int], int]:
        many = len(self.intervals) > MOST
        return buckets_of(QUARTER, self.intervals).place if many else int


def summed_until(connection: Connection, actor: Actor) -> datetime:
    """Before that the books are summed up."""
    asked = select(books_summed_up.c.until_day).where(
        books_summed_up.c.organization_id == actor.organization_id
    )
    day = connection.execute(asked).scalar_one_or_none() or 0
    return datetime.fromtimestamp(day * SECONDS_OF_A_DAY, tz=timezone.utc)


def moved_of(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], *, until: datetime
) -> MovedSums:
    """Without buckets if there is nothing in the `cut`."""
    within = Cut(cut)
    parts = [
        _of_books(actor, question, period, *within.buckets_of(QUARTER))
        if length is None
        else _of_sums(actor, question, length, period, within)
        for length, period in _pieces(question.span.period, cut, until)
    ]
    return MovedSums(asked=added_up(parts), place=within.place)


def moved_by_offering(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], *, until: datetime
) -> MovedSums:
    """Of each by its `resource_id`, in each interval of the `cut`; of bookings alone."""
    whose, within = bookings.c.resource_id, Cut(cut)
    bucket = within.buckets_of(QUARTER)
    if len(cut) > MOST:
        asked = _of_books(actor, question, question.span.period, *bucket, whose)
        return MovedSums(asked=asked, place=within.place)
    over = [Period(one.starts_at, min(one.ends_at, until)) for one in cut if one.starts_at < until]
    whole = whole_days(over)
    parts = [
        _of_books(actor, question, one, *bucket, whose)
        for one in left_of(question.span.period, whole)
    ]
    if whole:
        parts.append(_of_days(actor, question, cut, whole))
    return MovedSums(asked=added_up(parts), place=int)


def _pieces(period: Period, cut: Sequence[Period], until: datetime) -> Sequence[Piece]:
    if until <= period.starts_at:
        return [(None, period)]
    if until >= period.ends_at:
        return pieces_of(period, cut)
    over = pieces_of(Period(period.starts_at, until), cut)
    return [*over, (None, Period(until, period.ends_at))]


def _of_books(
    actor: Actor, question: BookingQuestion, period: Period, *by: ColumnElement[Any]
) -> Select[Any]:
    """By the first of them as the bucket, if there are any."""
    number, minor = func.count(), total_of(transfers.c.amount_minor)
    asked = (
        select(*_labelled(by), *ALIKE, number.label("number"), minor.label("minor"))
        .join_from(journals, transfers, OF_JOURNAL)
        .where(journals.c.organization_id == actor.organization_id)
        .group_by(*(one for each in by for one in grouped_by(each)), *ALIKE)
    )
    within: Sequence[ColumnElement[bool]] = (
        journals.c.occurred_at >= period.starts_at,
        journals.c.occurred_at < period.ends_at,
    )
    if question.resource_id is not None and period.ends_at - period.starts_at > LONG:
        within = [Besides(condition) for condition in within]
    asked = asked.where(*within)
    if len(by) > 1 or question.kind is not None:
        asked = asked.join(bookings, OF_BOOKING)
    if question.kind is not None:
        asked = asked.where(bookings.c.kind == question.kind)
    if question.resource_id is not None:
        # Whose they are is said once more: from transfers SQLite does not conclude it.
        theirs = bookings.c.organization_id == actor.organization_id
        asked = asked.where(theirs, bookings.c.resource_id == question.resource_id)
    return asked


def _of_sums(
    actor: Actor,
    question: BookingQuestion,
    length: int,
    period: Period,
    cut: Cut,
) -> Select[Any]:
    table, number = TABLES[length]
    by = cut.buckets_of(number * literal_column(str(length), Integer))
    asked = _added_up(table, *by).where(
        table.c.organization_id == actor.organization_id,
        number >= quarter_at(period.starts_at) // length,
        number < quarter_at(period.ends_at) // length,
    )
    return asked if question.kind is None else asked.where(table.c.kind == question.kind)


def _of_days(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], whole: Sequence[Period]
) -> Select[Any]:
    days = [(day_at(one.starts_at), day_at(one.ends_at)) for one in whole]
    bucket = placed(DAYS.day, [day_at(one.ends_at) for one in cut[:-1]])
    asked = _added_up(moved_days, bucket, DAYS.resource_id).where(
        DAYS.organization_id == actor.organization_id,
        DAYS.day >= days[0][0],
        DAYS.day < days[-1][1],
        or_(*(and_(DAYS.day >= first, DAYS.day < until) for first, until in days)),
    )
    if question.kind is not None:
        asked = asked.where(DAYS.kind == question.kind)
    if question.resource_id is not None:
        asked = asked.where(DAYS.resource_id == question.resource_id)
    return asked


def _added_up(table: Table, *by: ColumnElement[Any]) -> Select[Any]:
    alike = [table.c[name] for name in ALIKE_NAMES]
    sums = [total_of(table.c[name]).label(name) for name in ("number", "minor")]
    groups = (one for each in by for one in grouped_by(each))
    return select(*_labelled(by), *alike, *sums).group_by(*groups, *alike)


def _labelled(by: Sequence[ColumnElement[Any]]) -> Sequence[ColumnElement[Any]]:
    return [by[0].label("bucket"), *by[1:]] if by else []
