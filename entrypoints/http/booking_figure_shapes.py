"""Figures about bookings in JSON."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta

from application.analytics.asking import Span
from application.analytics.booking_views import BookingQuestion, Revenue
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.booking_totals import BookingBasis, Counted
from domain.analytics.intervals import MOST_INTERVALS, Granularity
from domain.analytics.revenue import REVENUE_FIGURES
from domain.kernel.identifiers import ResourceId
from entrypoints.http.figure_shapes import AskedBody, SpannedBody, SpanQuery, Values, valued
from entrypoints.http.shapes import Currency, Identifier, Kind, Output

MOST_CURRENCIES = 200


class FiguresQuery(SpanQuery, frozen=True, kw_only=True):
    kind: Kind | None = None
    resource_id: Identifier | None = None

    def asked(self, span: Span, by: BookingBasis = BookingBasis.BOOKED) -> BookingQuestion:
        return BookingQuestion(
            span=span,
            by=by,
            kind=self.kind,
            resource_id=None if self.resource_id is None else ResourceId(self.resource_id),
        )


class BookingFiguresQuery(FiguresQuery, frozen=True, kw_only=True):
    """`by` says which moment of a booking has to be in that time: made then, or beginning."""

    by: BookingBasis = BookingBasis.BOOKED

    def question(self, span: Span) -> BookingQuestion:
        return self.asked(span, self.by)


class BookingTimelineQuery(BookingFiguresQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.DAY


class RevenueTimelineQuery(FiguresQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.DAY


class MoneyFigures(Output, frozen=True):
    currency: Currency
    figures: Values


Money = Annotated[
    Sequence[MoneyFigures],
    Meta(
        max_length=MOST_CURRENCIES,
        description="One for each currency; money in two of them is never added up.",
    ),
]


class BookingInterval(SpannedBody, frozen=True):
    figures: Values
    money: Money


class BookingOverview(AskedBody, frozen=True):
    """`before` is as much time right before."""

    by: BookingBasis
    figures: Values
    money: Money
    before: BookingInterval


class BookingTimeline(AskedBody, frozen=True):
    """Without gaps; the whole period is not the mean of its intervals."""

    by: BookingBasis
    interval: Granularity
    figures: Values
    money: Money
    intervals: Annotated[Sequence[BookingInterval], Meta(max_length=MOST_INTERVALS)]


class RevenueInterval(SpannedBody, frozen=True):
    money: Money


class RevenueOverview(AskedBody, frozen=True):
    """What is in the books: `before` of as much time right before."""

    money: Money
    before: RevenueInterval


class RevenueTimeline(AskedBody, frozen=True):
    """Without gaps."""

    interval: Granularity
    money: Money
    intervals: Annotated[Sequence[RevenueInterval], Meta(max_length=MOST_INTERVALS)]


def told_of(counted: Counted) -> dict[str, Any]:
    """The figures and the money of some bookings."""
    return {
        "figures": valued(BOOKING_FIGURES, counted.totals),
        "money": [
            MoneyFigures(currency=name, figures=valued(VALUE_FIGURES, counted.of(name)))
            for name in sorted(counted.values)
        ],
    }


def money_of(revenue: Revenue) -> Sequence[MoneyFigures]:
    return [
        MoneyFigures(currency=currency, figures=valued(REVENUE_FIGURES, totals))
        for currency, totals in revenue.items()
    ]
