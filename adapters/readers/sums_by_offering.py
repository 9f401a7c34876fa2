"""Where figures of each offering are read from: sums of whole days, and bookings around them.

Both give the same numbers. Days of sums are those of UTC, which intervals seldom end with: what
is left of a day at both ends of each interval is read from the bookings.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from adapters.mapping.summed_bookings import sums_over_facts
from adapters.mapping.sums import total_of
from adapters.readers.buckets import buckets_of, grouped_by, placed, quarter_at
from adapters.readers.sources_of_booking_figures import OF, BookingSums, added_up, asked_of
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


def of_offerings(actor: Actor, question: BookingQuestion, cut: Sequence[Period]) -> BookingSums:
    """Of each by its `resource_id`, in each interval of the `cut`, which has no gaps."""
    quarter = OF.booked_quarter if question.by is BookingBasis.BOOKED else OF.starts_quarter
    if len(cut) > MOST:
        buckets = buckets_of(quarter, cut)
        asked = _of_facts(actor, question, buckets.number, question.span.period)
        return BookingSums(asked=asked, place=buckets.place)
    whole = whole_days(cut)
    left = left_of(question.span.period, whole)
    parts = [_of_sums(actor, question, cut, whole)] if whole else []
    bucket = placed(quarter, [quarter_at(one.ends_at) for one in cut[:-1]])
    # Each asked for by itself: of several at once SQLite goes through all that lies between.
    parts.extend(_of_facts(actor, question, bucket, one) for one in left)
    return BookingSums(asked=added_up(parts), place=int)


def _of_facts(
    actor: Actor, question: BookingQuestion, bucket: ColumnElement[int], period: Period
) -> Select[Any]:
    asked = select(bucket.label("bucket"), OF.resource_id, OF.currency, *sums_over_facts())
    return asked.where(*asked_of(actor, question, period)).group_by(
        *grouped_by(bucket), OF.resource_id, OF.currency
    )


def _of_sums(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], whole: Sequence[Period]
) -> Select[Any]:
    days = [(day_at(one.starts_at), day_at(one.ends_at)) for one in whole]
    bucket = placed(SUMS.day, [day_at(one.ends_at) for one in cut[:-1]])
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
    return asked.group_by(*grouped_by(bucket), SUMS.resource_id, SUMS.currency)
