"""Reports of what figures say about money, out of the books."""

from collections.abc import Sequence
from functools import partial

from application.analytics.booking_questions import OF_MONEY, booking_question, currencies_in
from application.analytics.booking_views import RevenueFigures
from application.analytics.charts import granularity_of
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
from application.analytics.standing_views import StandingFigures
from domain.analytics.revenue import NOTHING_MOVED, REVENUE_FIGURES
from domain.kernel.actors import Actor, Permission

NEEDS = frozenset({Permission.READ_PAYMENTS})
OFFERING = (Column.of("resource_id", CellKind.IDENTIFIER), Column.of("name", CellKind.TEXT))


def revenue_reports(books: RevenueFigures, standing: StandingFigures) -> Sequence[Report]:
    of_money = partial(ComputedReport, needs=NEEDS, filters=OF_MONEY)
    return (
        of_money(
            name="revenue_overview",
            title="Figures about money",
            columns=(CURRENCY, *SAID),
            compute=partial(_overview, books),
        ),
        of_money(
            name="revenue",
            title="Money paid, given back and earned",
            columns=(*SPAN, CURRENCY, *columns_of(REVENUE_FIGURES)),
            chart=ChartPlan(
                kind="lines",
                along="from",
                up="Net, in minor units",
                by="currency",
                values=("net",),
            ),
            compute=partial(_by_interval, books),
        ),
        of_money(
            name="revenue_offerings",
            title="Money by what was booked",
            columns=(*SPAN, *OFFERING, CURRENCY, *columns_of(REVENUE_FIGURES)),
            compute=partial(_by_offering, standing),
        ),
    )


async def _overview(
    books: RevenueFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    found = await books.revenue(actor, booking_question(question))
    return [
        [currency, *cells]
        for currency in currencies_in(question, [(None, found)])
        for cells in said(REVENUE_FIGURES, found[currency])
    ]


async def _by_interval(
    books: RevenueFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    """Raises TooManyIntervals."""
    found = await books.timeline(actor, booking_question(question), granularity_of(question))
    currencies = currencies_in(question, found)
    return [
        [
            period.starts_at,
            period.ends_at,
            currency,
            *cells_of(REVENUE_FIGURES, revenue.get(currency, NOTHING_MOVED)),
        ]
        for period, revenue in found
        for currency in currencies
    ]


async def _by_offering(
    standing: StandingFigures, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    """Raises TooManyIntervals."""
    found = await standing.by_offering(actor, booking_question(question), granularity_of(question))
    wanted = question.filters.get("currency")
    return [
        [
            one.period.starts_at,
            one.period.ends_at,
            one.resource_id,
            one.name,
            currency,
            *cells_of(REVENUE_FIGURES, revenue),
        ]
        for one in found
        for currency, revenue in one.revenue.items()
        if wanted in (None, currency)
    ]
