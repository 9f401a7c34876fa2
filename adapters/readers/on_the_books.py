"""Where it is read from what was on the books: sums of whole days, and bookings for the last one.

Both give the same numbers. Sums are of all offerings of a kind; of one offering, its bookings are
gone through.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    literal,
    or_,
    select,
    union_all,
)

from adapters.mapping.summed_shapes import CAME_OFF, OF_BOOKING, WAS_ON_BOOKS
from adapters.mapping.sums import total_of
from adapters.readers.pieces import Asked
from adapters.schema.analytics import booking_days, booking_facts, days_on_books
from adapters.schema.times_of_moments import day_begins, day_of
from adapters.sql.besides import Besides
from application.analytics.day_views import DayQuestion
from domain.kernel.actors import Actor

OF, DAYS, SUMS = booking_facts.c, booking_days.c, days_on_books.c
Value = ColumnElement[Any]


def on_the_books(actor: Actor, question: DayQuestion, at: datetime, before: datetime) -> Asked:
    """Rows of `day`, `currency`, units and worth at the later moment, and at the earlier.

    Those of one day and currency add up.
    """
    if question.resource_id is not None:
        return _of_bookings(actor, question, at, before)
    parts = [_of_whole_days(actor, question, at, before)]
    nothing = literal(0)
    for moment, is_later in ((at, True), (before, False)):
        for changed_at, which, sign in (
            (OF.confirmed_at, WAS_ON_BOOKS, 1),
            (OF.cancelled_at, CAME_OFF, -1),
        ):
            sums = [total_of(DAYS.units * sign), total_of(DAYS.worth_minor * sign)]
            four = [*sums, nothing, nothing] if is_later else [nothing, nothing, *sums]
            parts.append(
                _changed(actor, question, four).where(
                    which,
                    changed_at >= day_begins(day_of(moment)),
                    changed_at <= moment,
                )
            )
    return union_all(*parts)


def _of_whole_days(
    actor: Actor, question: DayQuestion, at: datetime, before: datetime
) -> Select[Any]:
    now, then = SUMS.changed_day < day_of(at), SUMS.changed_day < day_of(before)
    asked = select(SUMS.day, SUMS.currency, *_four(now, then, SUMS.units, SUMS.worth_minor)).where(
        SUMS.organization_id == actor.organization_id,
        SUMS.day >= question.dates.first,
        SUMS.day < question.dates.until,
    )
    if question.kind is not None:
        asked = asked.where(SUMS.kind == question.kind)
    return asked.group_by(SUMS.day, SUMS.currency)


def _changed(actor: Actor, question: DayQuestion, sums: Sequence[Value]) -> Select[Any]:
    """Bookings are found by when they changed: there are fewer of those than days."""
    return (
        select(DAYS.day, DAYS.currency, *_named(sums))
        .join_from(booking_facts, booking_days, OF_BOOKING)
        .where(
            OF.organization_id == actor.organization_id,
            Besides(DAYS.day >= question.dates.first),
            Besides(DAYS.day < question.dates.until),
            *_of_kind(question),
        )
        .group_by(DAYS.day, DAYS.currency)
    )


def _of_bookings(
    actor: Actor, question: DayQuestion, at: datetime, before: datetime
) -> Select[Any]:
    now, then = _was_on_books(at), _was_on_books(before)
    return (
        select(DAYS.day, DAYS.currency, *_four(now, then, DAYS.units, DAYS.worth_minor))
        .join_from(booking_days, booking_facts, OF_BOOKING)
        .where(
            DAYS.organization_id == actor.organization_id,
            DAYS.day >= question.dates.first,
            DAYS.day < question.dates.until,
            DAYS.resource_id == question.resource_id,
            *_of_kind(question),
        )
        .group_by(DAYS.day, DAYS.currency)
    )


def _was_on_books(moment: datetime) -> ColumnElement[bool]:
    return and_(OF.confirmed_at <= moment, or_(OF.state != "cancelled", OF.cancelled_at > moment))


def _of_kind(question: DayQuestion) -> Iterator[ColumnElement[bool]]:
    if question.kind is not None:
        yield OF.kind == question.kind


def _four(now: Value, then: Value, units: Value, worth: Value) -> Sequence[Value]:
    sums = [total_of(case((when, value))) for when in (now, then) for value in (units, worth)]
    return list(_named(sums))


def _named(sums: Sequence[Value]) -> Iterator[Value]:
    names = ("units", "worth", "units_before", "worth_before")
    return (value.label(name) for value, name in zip(sums, names, strict=True))
