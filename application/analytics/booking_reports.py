"""Reports of what figures say about bookings: those that dashboards show, as tables."""

from collections.abc import Sequence
from functools import partial

from application.analytics.booking_questions import (
    OF_BOOKINGS,
    OF_DAYS,
    OF_MONEY,
    booking_question,
    currencies_in,
    day_question,
)
from application.analytics.booking_views import BookingFigures
from application.analytics.charts import granularity_of
from application.analytics.day_views import DayFigures, Offered, ShapeFigures
from application.analytics.figure_columns import (
    CURRENCY,
    SAID,
    SPAN,
    cells_of,
    columns_of,
    said,
)
from application.analytics.reports import (
    CellKind,
    Cells,
    ChartPlan,
    Column,
    ComputedReport,
    Report,
    ReportQuestion,
)
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.lead_times import LEAD_TIME_FIGURES
from domain.analytics.occupancy import OCCUPANCY_FIGURES, YIELD_FIGURES, Occupied
from domain.kernel.actors import Actor, Permission
from domain.kernel.hours import Weekday

NEEDS = frozenset({Permission.READ_BOOKINGS})
MOST_OFFERINGS = 5_000
DAY = Column.of("day", CellKind.DATE)
WEEKDAYS = tuple(day.value.capitalize() for day in Weekday)
OFFERING = (
    Column.of("resource_id", CellKind.IDENTIFIER),
    Column.of("name", CellKind.TEXT),
    Column.of("kind", CellKind.TEXT),
)


def booking_reports(
    bookings: BookingFigures, days: DayFigures, shapes: ShapeFigures
) -> Sequence[Report]:
    made = partial(ComputedReport, needs=NEEDS, filters=OF_BOOKINGS)
    dated = partial(ComputedReport, needs=NEEDS)
    return (
        made(
            name="booking_overview",
            title="Figures about bookings",
            columns=SAID,
            compute=partial(_overview, bookings),
        ),
        made(
            name="booking_volume",
            title="Bookings, and what became of them",
            columns=(*SPAN, *columns_of(BOOKING_FIGURES)),
            chart=_by_interval("Bookings", "standing", "pending", "cancelled", "let_go"),
            compute=partial(_volume, bookings),
        ),
        made(
            name="booking_value",
            title="What bookings come to",
            filters=OF_BOOKINGS | {"currency"},
            columns=(*SPAN, CURRENCY, *columns_of(VALUE_FIGURES)),
            chart=ChartPlan(
                kind="lines",
                along="from",
                up="Value, in minor units",
                by="currency",
                values=("value",),
            ),
            compute=partial(_value, bookings),
        ),
        made(
            name="booking_lead_times",
            title="How long before the first day bookings are made",
            columns=SAID,
            compute=partial(_lead_times, shapes),
        ),
        made(
            name="booking_offerings",
            title="Bookings by what was booked",
            columns=(*OFFERING, *columns_of(BOOKING_FIGURES)),
            compute=partial(_offerings, shapes),
        ),
        dated(
            name="booking_occupancy",
            title="How full days are",
            filters=OF_DAYS,
            columns=(DAY, *columns_of(OCCUPANCY_FIGURES)),
            chart=ChartPlan(
                kind="lines", along="day", up="Share", values=("occupancy", "fill_rate")
            ),
            compute=partial(_occupancy, days),
        ),
        dated(
            name="booking_weekdays",
            title="How full days of the week are",
            filters=OF_DAYS,
            columns=(
                Column.of("weekday", CellKind.NUMBER),
                Column.of("days", CellKind.NUMBER),
                *columns_of(OCCUPANCY_FIGURES),
            ),
            chart=ChartPlan(
                kind="bars", along="weekday", up="Share", values=("occupancy",), names=WEEKDAYS
            ),
            compute=partial(_weekdays, days),
        ),
        dated(
            name="booking_yield",
            title="What a unit brings (ADR, RevPAR)",
            filters=OF_MONEY,
            columns=(DAY, CURRENCY, *columns_of(YIELD_FIGURES)),
            chart=ChartPlan(
                kind="lines",
                along="day",
                up="Average daily rate, in minor units",
                by="currency",
                values=("average_daily_rate",),
            ),
            compute=partial(_yield, days),
        ),
    )


def _by_interval(up: str, *values: str) -> ChartPlan:
    return ChartPlan(kind="stacked_bars", along="from", up=up, values=values)


async def _overview(
    bookings: BookingFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    counted = await bookings.counted(actor, booking_question(question))
    return said(BOOKING_FIGURES, counted.totals)


async def _volume(
    bookings: BookingFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    """Raises TooManyIntervals."""
    found = await bookings.timeline(actor, booking_question(question), granularity_of(question))
    return [
        [period.starts_at, period.ends_at, *cells_of(BOOKING_FIGURES, counted.totals)]
        for period, counted in found
    ]


async def _value(
    bookings: BookingFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    """Raises TooManyIntervals."""
    found = await bookings.timeline(actor, booking_question(question), granularity_of(question))
    currencies = currencies_in(question, ((period, one.values) for period, one in found))
    return [
        [
            period.starts_at,
            period.ends_at,
            currency,
            *cells_of(VALUE_FIGURES, counted.of(currency)),
        ]
        for period, counted in found
        for currency in currencies
    ]


async def _lead_times(
    shapes: ShapeFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    return said(LEAD_TIME_FIGURES, await shapes.lead_times(actor, booking_question(question)))


async def _offerings(
    shapes: ShapeFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    found = await shapes.offerings(actor, booking_question(question), limit=MOST_OFFERINGS)
    return [[*_offering(one), *cells_of(BOOKING_FIGURES, one.counted.totals)] for one in found]


def _offering(one: Offered) -> Cells:
    return one.resource_id, one.name, one.kind


async def _occupancy(days: DayFigures, actor: Actor, question: ReportQuestion) -> Sequence[Cells]:
    """Raises BadDates."""
    found = await days.days(actor, day_question(question))
    return [[day, *cells_of(OCCUPANCY_FIGURES, one.totals)] for day, one in found.items()]


async def _weekdays(days: DayFigures, actor: Actor, question: ReportQuestion) -> Sequence[Cells]:
    """From Monday, 1, to Sunday, 7. Raises BadDates."""
    found = await days.days(actor, day_question(question))
    rows = []
    for weekday in range(1, 8):
        these = [one for day, one in found.items() if day.isoweekday() == weekday]
        totals = sum(these, Occupied()).totals
        rows.append([weekday, len(these), *cells_of(OCCUPANCY_FIGURES, totals)])
    return rows


async def _yield(days: DayFigures, actor: Actor, question: ReportQuestion) -> Sequence[Cells]:
    """Raises BadDates."""
    found = await days.days(actor, day_question(question))
    currencies = currencies_in(question, ((day, one.sold) for day, one in found.items()))
    return [
        [day, currency, *cells_of(YIELD_FIGURES, one.of(currency))]
        for day, one in found.items()
        for currency in currencies
    ]
