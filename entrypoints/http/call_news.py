"""Routes of what is heard of calls, and of those that somebody else carries and tells of."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.report_call import ReportCall, ReportNews
from application.calls.views import CallViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.call import Call
from domain.calls.refusals import BadPhoneNumber, CallCarriedByUs, CallNotFound
from domain.calls.status import CallStatus
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.answers import respond, worded
from entrypoints.http.call_inputs import NewsInput, ReportInput
from entrypoints.http.call_shapes import CallBody, NewsBody, NewsPage
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

REPORT: Body[ReportInput] = Body(
    ReportInput,
    examples={
        "rings": {
            "name": "pbx-4711",
            "direction": "inbound",
            "caller": "+442079460958",
            "called": "+442079460000",
        }
    },
)
NEWS: Body[NewsInput] = Body(
    NewsInput,
    examples={
        "answered": {"event": "answered", "sequence": 2, "status": "in_progress"},
        "ended": {"event": "hangup", "sequence": 3, "status": "completed"},
    },
)
LIST = Query(PageQuery)
THIS = {"call_id": "$response.body#/id"}

_begun = worded(
    CallBody.of,
    status=201,
    version=lambda call: call.version,
    location=lambda call: f"/v1/calls/{call.id}",
)
_said = worded(CallBody.of, version=lambda call: call.version)


@post(
    "/v1/calls/reports",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=REPORT,
        shows=CallBody,
        status=201,
        refuses=(BadPhoneNumber,),
        then={"read_call": THIS, "report_news": THIS},
    ).opt,
)
async def report_call(
    request: AnyRequest,
    report_call: NamedDependency[SkipValidation[UseCase[ReportCall, Call]]],
) -> Response[bytes]:
    """Tell of a call that somebody else carries: a telephone system of yours, another provider."""
    data = await REPORT.of(request)
    key = await IdempotencyKey.of(request)
    call = await report_call(
        ReportCall(
            actor=actor_of(request),
            name=data.name,
            direction=data.direction,
            numbers=data.numbers(),
            status=CallStatus(data.status),
            template=data.template,
            metadata=data.metadata,
            once=key.once(_begun),
        )
    )
    return respond(_begun(call))


@post(
    "/v1/calls/{call_id:uuid}/news",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEWS,
        shows=CallBody,
        refuses=(CallNotFound, CallCarriedByUs),
    ).opt,
)
async def report_news(
    request: AnyRequest,
    call_id: FromPath[UUID],
    report_news: NamedDependency[SkipValidation[UseCase[ReportNews, Call]]],
) -> Response[bytes]:
    """Tell how a reported call goes on, in any order, as often as you like: the end is the same.

    A call never goes back, and once its line is down only gaps are filled.
    """
    data = await NEWS.of(request)
    key = await IdempotencyKey.of(request)
    call = await report_news(
        ReportNews(
            actor=actor_of(request),
            call_id=CallId(call_id),
            event=data.event,
            sequence=data.sequence,
            status=None if data.status is None else CallStatus(data.status),
            once=key.once(_said),
        )
    )
    return respond(_said(call))


@get(
    "/v1/calls/{call_id:uuid}/news",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=LIST,
        shows=NewsPage,
        refuses=(CallNotFound, BadCursor),
    ).opt,
)
async def list_news_of_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    call_views: NamedDependency[SkipValidation[CallViews]],
) -> Response[bytes]:
    """All that was ever heard of a call, in the order in which it happened, each of it once."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await call_views.news(actor_of(request), CallId(call_id), slice=cursors.slice(query))
    items = [NewsBody.of(fact) for fact in page.items]
    return cursors.respond(NewsPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[report_call, report_news, list_news_of_call])
