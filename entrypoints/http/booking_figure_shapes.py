"""Figures about bookings in JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, TypeVar

from msgspec import Meta

from application.analytics.asking import Span
from application.analytics.booking_views import BookingQuestion, Revenue
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.booking_totals import Basis, Counted
from domain.analytics.figures import Figure, values
from domain.analytics.intervals import MOST_INTERVALS, Granularity
from domain.analytics.revenue import REVENUE_FIGURES
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Period, Zone
from entrypoints.http.figure_shapes import MOST_FIGURES, FigureName, SpanQuery, Versions
from entrypoints.http.shapes import (
    LARGEST_TOTAL,
    Currency,
    Identifier,
    Kind,
    Moment,
    Output,
    ZoneName,
)

Totals = TypeVar("Totals")

MOST_CURRENCIES = 200

FigureValue = Annotated[
    float,
    Meta(
        ge=-LARGEST_TOTAL,
        le=LARGEST_TOTAL,
        description="Null where it cannot be computed: there is nothing to divide by.",
        examples=[12],
    ),
]
Figures = Annotated[Mapping[FigureName, FigureValue | None], Meta(max_length=MOST_FIGURES)]


class FiguresQuery(SpanQuery, frozen=True, kw_only=True):
    kind: Kind | None = None
    resource_id: Identifier | None = None

    def asked(self, span: Span, by: Basis = Basis.BOOKED) -> BookingQuestion:
        return BookingQuestion(
            span=span,
            by=by,
            kind=self.kind,
            resource_id=None if self.resource_id is None else ResourceId(self.resource_id),
        )


class BookingFiguresQuery(FiguresQuery, frozen=True, kw_only=True):
    """`by` says which moment of a booking has to be in that time: made then, or beginning."""

    by: Basis = Basis.BOOKED

    def question(self, span: Span) -> BookingQuestion:
        return self.asked(span, self.by)


class BookingTimelineQuery(BookingFiguresQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.DAY


class RevenueTimelineQuery(FiguresQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.DAY


class MoneyFigures(Output, frozen=True):
    currency: Currency
    figures: Figures


Money = Annotated[Sequence[MoneyFigures], Meta(max_length=MOST_CURRENCIES)]


class FigureSet(Output, frozen=True):
    """`money` has an entry for each currency; money in two currencies is never added up."""

    figures: Figures
    money: Money

    @classmethod
    def of(cls, counted: Counted) -> "FigureSet":
        return cls(
            figures=values(BOOKING_FIGURES, counted.totals),
            money=[
                MoneyFigures(currency=name, figures=values(VALUE_FIGURES, counted.of(name)))
                for name in sorted(counted.values)
            ],
        )


class BookingOverview(Output, frozen=True):
    """`before` are the figures of as much time right before. All that happened until `as_of` is
    counted."""

    starts_at: Moment
    ends_at: Moment
    zone: ZoneName
    by: Basis
    as_of: Moment
    now: FigureSet
    before: FigureSet
    definitions: Versions


class BookingInterval(Output, frozen=True):
    """As the clock in the zone shows it."""

    starts_at: Moment
    ends_at: Moment
    figures: Figures
    money: Money


class BookingTimeline(Output, frozen=True):
    zone: ZoneName
    by: Basis
    interval: Granularity
    as_of: Moment
    items: Annotated[Sequence[BookingInterval], Meta(max_length=MOST_INTERVALS)]
    definitions: Versions


class RevenueOverview(Output, frozen=True):
    """What is in the books: `before` of as much time right before."""

    starts_at: Moment
    ends_at: Moment
    zone: ZoneName
    as_of: Moment
    now: Money
    before: Money
    definitions: Versions


class RevenueInterval(Output, frozen=True):
    starts_at: Moment
    ends_at: Moment
    money: Money


class RevenueTimeline(Output, frozen=True):
    zone: ZoneName
    interval: Granularity
    as_of: Moment
    items: Annotated[Sequence[RevenueInterval], Meta(max_length=MOST_INTERVALS)]
    definitions: Versions


def money_of(revenue: Revenue) -> Sequence[MoneyFigures]:
    return [
        MoneyFigures(currency=currency, figures=values(REVENUE_FIGURES, totals))
        for currency, totals in revenue.items()
    ]


def versions(catalogue: Sequence[Figure[Totals]]) -> Mapping[str, int]:
    return {figure.name: figure.version for figure in catalogue}


def shown_in(zone: Zone, period: Period) -> dict[str, datetime]:
    return {
        "starts_at": zone.wall_time(period.starts_at),
        "ends_at": zone.wall_time(period.ends_at),
    }
