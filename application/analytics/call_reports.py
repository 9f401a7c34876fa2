"""Reports of what figures say about calls: the figures that dashboards show, as tables."""

from collections.abc import Callable, Sequence
from functools import partial

from application.analytics.agent_views import AgentPerformances, Performance
from application.analytics.asking import Span
from application.analytics.call_views import CallFigureViews, CallQuestion, CallsMeeting
from application.analytics.charts import granularity_of
from application.analytics.figure_columns import SAID, SPAN, cells_of, columns_of, said
from application.analytics.reports import (
    BadFilter,
    Cell,
    CellKind,
    Cells,
    ChartPlan,
    Column,
    ComputedReport,
    Report,
    ReportQuestion,
    id_in,
)
from domain.analytics.agent_time import AGENT_FIGURES
from domain.analytics.call_figures import (
    CALL_FIGURES,
    QUALITY,
    SENTIMENT,
    VOLUME,
    WAITING,
    CallFigure,
)
from domain.analytics.call_totals import CallTotals
from domain.kernel.actors import Actor, Permission
from domain.kernel.periods import Period

NEEDS = frozenset({Permission.READ_CALLS})
FILTERS = frozenset({"direction", "agent_id", "handler_id", "queue_id", "template"})
ESCALATING = tuple(
    figure for figure in VOLUME if figure.name in ("calls", "escalated", "escalation_rate")
)


def call_reports(views: CallFigureViews, performances: AgentPerformances) -> Sequence[Report]:
    stacked, lines = partial(_plan, "stacked_bars", "Calls"), partial(_plan, "lines")
    return (
        ComputedReport(
            name="call_overview",
            title="Figures about calls",
            columns=SAID,
            needs=NEEDS,
            filters=FILTERS,
            compute=partial(_overview, views),
        ),
        _by_interval(
            views,
            "call_volume",
            "Calls, and how long callers waited",
            (*VOLUME, *WAITING),
            stacked("completed", "failed", "active"),
        ),
        _by_interval(
            views, "call_quality", "Quality of calls", QUALITY, lines("Score", "average_score")
        ),
        _by_interval(
            views,
            "call_sentiment",
            "Sentiment of calls",
            SENTIMENT,
            stacked("positive", "neutral", "negative"),
        ),
        _by_interval(
            views,
            "call_escalations",
            "Escalated calls",
            ESCALATING,
            lines("Escalated, of all calls", "escalation_rate"),
        ),
        ComputedReport(
            name="call_agents",
            title="Figures about agents",
            columns=(
                Column.of("agent_id", CellKind.IDENTIFIER),
                *columns_of(CALL_FIGURES),
                *columns_of(AGENT_FIGURES),
            ),
            needs=NEEDS,
            filters=FILTERS,
            compute=partial(_agents, performances),
        ),
        ComputedReport(
            name="call_full",
            title="All figures about calls, by interval",
            columns=(*SPAN, *SAID),
            needs=NEEDS,
            filters=FILTERS,
            compute=partial(_full, views),
        ),
    )


def _plan(kind: str, up: str, *values: str) -> ChartPlan:
    return ChartPlan(kind=kind, along="from", up=up, values=values)


def _by_interval(
    views: CallFigureViews, name: str, title: str, figures: Sequence[CallFigure], chart: ChartPlan
) -> Report:
    return ComputedReport(
        name=name,
        title=title,
        columns=(
            *SPAN,
            *columns_of(figures),
        ),
        needs=NEEDS,
        filters=FILTERS,
        chart=chart,
        compute=partial(_rows, views, lambda totals: [cells_of(figures, totals)]),
    )


async def _overview(
    views: CallFigureViews, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    return _said(await views.totals(actor, _question(question)))


async def _full(views: CallFigureViews, actor: Actor, question: ReportQuestion) -> Sequence[Cells]:
    return await _rows(views, _said, actor, question)


async def _agents(
    performances: AgentPerformances, actor: Actor, question: ReportQuestion
) -> Sequence[Cells]:
    """What is not known of an agent is empty, as is what cannot be computed."""
    return [
        [
            one.key,
            *cells_of(CALL_FIGURES, one.calls),
            *_busy(one),
        ]
        for one in await performances(actor, _question(question))
    ]


def _busy(one: Performance) -> Cells:
    if one.time is None:
        return [None for _ in AGENT_FIGURES]
    return cells_of(AGENT_FIGURES, one.time)


async def _rows(
    views: CallFigureViews,
    say: Callable[[CallTotals], Sequence[Cells]],
    actor: Actor,
    question: ReportQuestion,
) -> Sequence[Cells]:
    """Raises TooManyIntervals."""
    series = await views.series(actor, _question(question), granularity_of(question))
    return [[*_span(period), *cells] for period, totals in series for cells in say(totals)]


def _span(period: Period) -> Sequence[Cell]:
    return period.starts_at, period.ends_at


def _said(totals: CallTotals) -> Sequence[Cells]:
    return said(CALL_FIGURES, totals)


def _question(question: ReportQuestion) -> CallQuestion:
    """Raises BadFilter."""
    wanted = question.filters
    direction = wanted.get("direction")
    if direction not in (None, "inbound", "outbound"):
        raise BadFilter("direction")
    return CallQuestion(
        span=Span(period=question.period, zone=question.zone),
        meeting=CallsMeeting(
            inbound=None if direction is None else direction == "inbound",
            agent_id=id_in(wanted, "agent_id"),
            handler_id=id_in(wanted, "handler_id"),
            queue_id=id_in(wanted, "queue_id"),
            template=wanted.get("template"),
        ),
    )
