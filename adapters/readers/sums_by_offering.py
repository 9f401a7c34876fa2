"""Where figures of each offering are read from: sums of whole days, and bookings around them.

Both give the same numbers. Days of sums are those of UTC, which intervals seldom end with: what
is left of a day at both ends of each interval is read from the bookings.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from adapters.mapping.summed_bookings import sums_over_facts
from adapters.mapping.sums import total_of
from adapters.readers.buckets import InBuckets, Named, grouped_by, named_if_few
from adapters.readers.pieces import together
from adapters.readers.sources_of_booking_figures import OF, asked_of, is_about, quarter_for
from adapters.readers.whole_days import is_within, left_of, whole_days
from adapters.schema.analytics import offered_days
from application.analytics.booking_views import BookingQuestion
from domain.analytics.counted_bookings import SUMMED
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

SUMS = offered_days.c


def of_offerings(actor: Actor, question: BookingQuestion, cut: Sequence[Period]) -> InBuckets:
    """Of each by its `resource_id`, in each interval of the `cut`, which has no gaps."""
    buckets, period = named_if_few(cut), question.span.period
    bucket = buckets.number(quarter_for(question.by))
    whole = whole_days(cut) if isinstance(buckets, Named) else ()
    # Each asked for by itself: of several at once SQLite goes through all that lies between.
    parts = [_of_facts(actor, question, bucket, one) for one in left_of(period, whole)]
    if isinstance(buckets, Named) and whole:
        parts.append(_of_days(actor, question, buckets.number_of_day(SUMS.day), whole))
    return InBuckets(together(parts), buckets.place)


def _of_facts(
    actor: Actor, question: BookingQuestion, bucket: ColumnElement[int], period: Period
) -> Select[Any]:
    asked = select(bucket.label("bucket"), OF.resource_id, OF.currency, *sums_over_facts())
    return asked.where(*asked_of(actor, question, period)).group_by(
        *grouped_by(bucket), OF.resource_id, OF.currency
    )


def _of_days(
    actor: Actor, question: BookingQuestion, bucket: ColumnElement[int], whole: Sequence[Period]
) -> Select[Any]:
    sums = [total_of(SUMS[name]).label(name) for name in SUMMED]
    asked = select(bucket.label("bucket"), SUMS.resource_id, SUMS.currency, *sums).where(
        SUMS.organization_id == actor.organization_id,
        SUMS.axis == question.by.value,
        is_within(SUMS.day, whole),
        *is_about(question, SUMS),
    )
    return asked.group_by(*grouped_by(bucket), SUMS.resource_id, SUMS.currency)
