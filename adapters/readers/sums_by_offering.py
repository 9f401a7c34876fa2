"""Where figures of each offering are read from: sums of whole days, and bookings around them.

Both give the same numbers. Days of sums are those of UTC, which intervals seldom end with: what
is left of a day at both ends of each interval is read from the bookings.
"""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    case,
    literal_column,
    or_,
    select,
    union_all,
)

from adapters.mapping.summed_bookings import sums_over_facts
from adapters.mapping.sums import total_of
from adapters.readers.buckets import buckets_of, quarter_at
from adapters.readers.sources_of_booking_figures import OF, asked_of
from adapters.readers.whole_days import day_at, left_of, whole_days
from adapters.schema.analytics import offered_days
from application.analytics.booking_views import BookingQuestion
from domain.analytics.booking_totals import BookingBasis
from domain.analytics.counted_bookings import SUMMED
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

MOST = 60
"""Of so many intervals each is named in a statement; of more, bookings are read."""
SUMS = offered_days.c


@attrs.frozen(kw_only=True)
class Offered:
    """Rows of `bucket`, `resource_id`, `currency` and all sums: those with equal keys add up."""

    asked: Select[Any] | CompoundSelect[Any]
    place: Callable[[int], int]


def of_offerings(actor: Actor, question: BookingQuestion, cut: Sequence[Period]) -> Offered:
    """In each interval of the `cut`, which has no gaps."""
    quarter = OF.booked_quarter if question.by is BookingBasis.BOOKED else OF.starts_quarter
    if len(cut) > MOST:
        buckets = buckets_of(quarter, cut)
        asked = _of_facts(actor, question, buckets.number, question.span.period)
        return Offered(asked=asked, place=buckets.place)
    whole = whole_days(cut)
    left = left_of(question.span.period, whole)
    parts = [_of_sums(actor, question, cut, whole)] if whole else []
    bucket = _numbered([quarter < _written(quarter_at(one.ends_at)) for one in cut[:-1]])
    # Each asked for by itself: of several at once SQLite goes through all that lies between.
    parts.extend(_of_facts(actor, question, bucket, one) for one in left)
    return Offered(asked=parts[0] if len(parts) == 1 else union_all(*parts), place=int)


def _of_facts(
    actor: Actor, question: BookingQuestion, bucket: ColumnElement[int], period: Period
) -> Select[Any]:
    asked = select(bucket.label("bucket"), OF.resource_id, OF.currency, *sums_over_facts())
    return asked.where(*asked_of(actor, question, period)).group_by(
        *_of_many(bucket), OF.resource_id, OF.currency
    )


def _of_sums(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], whole: Sequence[Period]
) -> Select[Any]:
    days = [(day_at(one.starts_at), day_at(one.ends_at)) for one in whole]
    places = [SUMS.day < _written(day_at(one.ends_at)) for one in cut[:-1]]
    bucket = _numbered(places)
    sums = [total_of(SUMS[name]).label(name) for name in SUMMED]
    asked = select(bucket.label("bucket"), SUMS.resource_id, SUMS.currency, *sums).where(
        SUMS.organization_id == actor.organization_id,
        SUMS.axis == question.by.value,
        SUMS.day >= days[0][0],
        SUMS.day < days[-1][1],
        or_(*(and_(SUMS.day >= first, SUMS.day < until) for first, until in days)),
    )
    if question.kind is not None:
        asked = asked.where(SUMS.kind == question.kind)
    if question.resource_id is not None:
        asked = asked.where(SUMS.resource_id == question.resource_id)
    return asked.group_by(*_of_many(bucket), SUMS.resource_id, SUMS.currency)


def _of_many(bucket: ColumnElement[int]) -> Sequence[ColumnElement[int]]:
    """To group by: a number that is written out is the place of a column there."""
    return [] if isinstance(bucket, ColumnClause) else [bucket]


def _numbered(ends: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    """Which of them is the first that holds."""
    numbered = [(before, _written(number)) for number, before in enumerate(ends)]
    last = _written(len(ends))
    return case(*numbered, else_=last) if numbered else last


def _written(number: int) -> ColumnElement[int]:
    """A grouping by a parameter is another one to PostgreSQL than the column's."""
    return literal_column(str(number), Integer)
