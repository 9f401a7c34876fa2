"""Routes of figures about calls."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.analytics.agent_views import AgentPerformances
from application.analytics.asking import Asking
from application.analytics.call_views import CallFigureViews, CallQuestion, Grouping
from application.analytics.definitions import DEFINED
from application.kernel.pages import BadCursor
from domain.analytics.agent_time import AGENT_FIGURES
from domain.analytics.call_figures import CALL_FIGURES, HANDLING, VOLUME, WAITING
from domain.analytics.call_totals import total
from domain.analytics.intervals import TooManyIntervals
from domain.kernel.actors import Actor, Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.call_figure_shapes import (
    CallBehindBody,
    CallGroupBody,
    CallGroupsBody,
    CallGroupsQuery,
    CallOverviewBody,
    CallsBehindBody,
    CallsBehindQuery,
    CallSeriesBody,
    CallSeriesQuery,
    CallsQuery,
    interval_body,
    question_of,
)
from entrypoints.http.figure_shapes import DefinitionBody, DefinitionsBody, asked, valued
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[CallFigureViews]]
Asked = NamedDependency[SkipValidation[Asking]]
Agents = NamedDependency[SkipValidation[AgentPerformances]]

CALLS = Query(CallsQuery)
SERIES = Query(CallSeriesQuery)
GROUPS = Query(CallGroupsQuery)
BEHIND = Query(CallsBehindQuery)
BAD = (BadPeriod, FarOff, UnknownZone)
SHOWN_BY_INTERVAL = (*VOLUME, *WAITING, *HANDLING)


@get(
    "/v1/analytics/definitions",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        shows=DefinitionsBody,
    ).opt,
)
async def read_definitions() -> Response[bytes]:
    """What every figure is: its formula, what it is counted from, and the version of that."""
    items = [
        DefinitionBody.of(about, figure)
        for about, figures in DEFINED.items()
        for figure in figures
    ]
    return respond(answer(DefinitionsBody(items=items)))


@get(
    "/v1/analytics/calls/overview",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=CALLS,
        shows=CallOverviewBody,
        refuses=BAD,
    ).opt,
)
async def read_call_overview(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """All figures about calls of a period, beside those of as much time before."""
    actor = actor_of(request)
    question = await question_of(CALLS.of(request), actor, asking)
    as_of = await call_figure_views.as_of(actor)
    totals = await call_figure_views.totals(actor, question)
    before = await call_figure_views.totals(actor, question.before)
    body = CallOverviewBody(
        figures=valued(CALL_FIGURES, totals),
        before=interval_body(
            question.span.zone, question.before.span.period, CALL_FIGURES, before
        ),
        **asked(question.span, as_of, CALL_FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/calls/volume",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=SERIES,
        shows=CallSeriesBody,
        refuses=(*BAD, TooManyIntervals),
    ).opt,
)
async def read_call_volume(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """Calls, waits and handling by interval, intervals without a call included."""
    actor, query = actor_of(request), SERIES.of(request)
    question = await question_of(query, actor, asking)
    as_of = await call_figure_views.as_of(actor)
    series = await call_figure_views.series(actor, question, query.interval)
    body = CallSeriesBody(
        interval=query.interval,
        figures=valued(SHOWN_BY_INTERVAL, total(totals for _, totals in series)),
        intervals=[
            interval_body(question.span.zone, period, SHOWN_BY_INTERVAL, totals)
            for period, totals in series
        ],
        **asked(question.span, as_of, SHOWN_BY_INTERVAL),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/calls/groups",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=GROUPS,
        shows=CallGroupsBody,
        refuses=BAD,
    ).opt,
)
async def read_call_groups(
    request: AnyRequest, call_figure_views: Views, agent_performances: Agents, asking: Asked
) -> Response[bytes]:
    """All figures about the calls of each agent, handler, template, queue or disposition, and how
    busy agents were."""
    actor, query = actor_of(request), GROUPS.of(request)
    question = await question_of(query, actor, asking)
    if query.group is Grouping.AGENT:
        return respond(answer(await _of_agents(actor, agent_performances, question)))
    as_of = await call_figure_views.as_of(actor)
    groups = await call_figure_views.groups(actor, question, query.group)
    ranked = sorted(groups.items(), key=lambda one: (-one[1].calls, one[0] or ""))
    body = CallGroupsBody(
        group=query.group,
        groups=[
            CallGroupBody(key=key, figures=valued(CALL_FIGURES, totals)) for key, totals in ranked
        ],
        **asked(question.span, as_of, CALL_FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/calls/behind",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=BEHIND,
        shows=CallsBehindBody,
        refuses=(*BAD, BadCursor),
    ).opt,
)
async def list_calls_behind(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """The calls behind a figure: those that it counts."""
    actor, query = actor_of(request), BEHIND.of(request)
    cursors = Cursors.of(request)
    question = await question_of(query, actor, asking)
    page = await call_figure_views.behind(
        actor,
        question,
        query.figure,
        cursors.slice(PageQuery(limit=query.limit, cursor=query.cursor)),
    )
    items = [CallBehindBody(call_id=call.id, at=call.at) for call in page.items]
    return cursors.respond(CallsBehindBody(items=items, next=cursors.write(page.next)))


async def _of_agents(
    actor: Actor, performances: AgentPerformances, question: CallQuestion
) -> CallGroupsBody:
    as_of = await performances.as_of(actor)
    return CallGroupsBody(
        group=Grouping.AGENT,
        groups=[
            CallGroupBody(
                key=one.key,
                figures={
                    **valued(CALL_FIGURES, one.calls),
                    **({} if one.time is None else valued(AGENT_FIGURES, one.time)),
                },
            )
            for one in await performances(actor, question)
        ],
        **asked(question.span, as_of, (*CALL_FIGURES, *AGENT_FIGURES)),
    )


router = Router(
    "/",
    route_handlers=[
        read_definitions,
        read_call_overview,
        read_call_volume,
        read_call_groups,
        list_calls_behind,
    ],
)
