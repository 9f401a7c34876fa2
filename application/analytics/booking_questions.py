"""What reports ask of figures about bookings and money, said in filters."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from application.analytics.asking import Span
from application.analytics.booking_views import BookingQuestion
from application.analytics.day_views import DayQuestion
from application.analytics.reports import BadFilter, ReportQuestion, id_in
from domain.analytics.booking_totals import BookingBasis
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange

OF_BOOKINGS = frozenset({"by", "kind", "resource_id"})
OF_DAYS = frozenset({"kind", "resource_id"})
OF_MONEY = OF_DAYS | {"currency"}
A_MOMENT = timedelta(microseconds=1)
LONGEST = 800  # days, as where they are shown


def booking_question(question: ReportQuestion) -> BookingQuestion:
    """Raises BadFilter."""
    wanted = question.filters
    resource_id = id_in(wanted, "resource_id")
    try:
        by = BookingBasis(wanted.get("by", BookingBasis.BOOKED.value))
    except ValueError:
        raise BadFilter("by") from None
    return BookingQuestion(
        span=Span(period=question.period, zone=question.zone),
        by=by,
        kind=wanted.get("kind"),
        resource_id=None if resource_id is None else ResourceId(resource_id),
    )


def day_question(question: ReportQuestion) -> DayQuestion:
    """The dates that the clock of the zone shows within the period.

    Raises BadFilter, or BadDates for too many.
    """
    asked, zone, period = booking_question(question), question.zone, question.period
    first, last = zone.date_at(period.starts_at), zone.date_at(period.ends_at - A_MOMENT)
    return DayQuestion(
        dates=DateRange.of_at_most(LONGEST, first, last + timedelta(days=1)),
        kind=asked.kind,
        resource_id=asked.resource_id,
    )


def currencies_in(
    question: ReportQuestion, found: Iterable[tuple[object, Iterable[str]]]
) -> Sequence[str]:
    """All that there are in any of them, or the one that was asked for."""
    every = sorted({currency for _, currencies in found for currency in currencies})
    wanted = question.filters.get("currency")
    return every if wanted is None else [each for each in every if each == wanted]
