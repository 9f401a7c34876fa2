"""Routes on which reports are sent by hand, rest and go on, and of what was sent."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.analytics.keep_schedules import SetScheduleState, visible_schedule
from application.analytics.run_schedules import RunSchedule
from application.analytics.schedule_ports import ScheduleViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.analytics.report_runs import OwnerGone, ReportRun
from domain.analytics.report_schedules import (
    ReportSchedule,
    ReportScheduleNotFound,
    ScheduleState,
    WrongScheduleState,
)
from domain.identity.request_limits import Counted
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ReportScheduleId
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Query, no_body
from entrypoints.http.report_schedule_shapes import (
    ReportRunBody,
    ReportRunPage,
    ReportScheduleBody,
)
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
SetState = UseCase[SetScheduleState, ReportSchedule]

PAGE = Query(PageQuery)

_said = worded(ReportScheduleBody.of, version=lambda schedule: schedule.version)
_began = worded(ReportRunBody.of, status=202)


@post(
    "/v1/report-schedules/{schedule_id:uuid}/pause",
    status_code=200,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=ReportScheduleBody,
        refuses=(ReportScheduleNotFound, WrongScheduleState),
    ).opt,
)
async def pause_report_schedule(
    request: AnyRequest,
    schedule_id: FromPath[UUID],
    set_schedule_state: NamedDependency[SkipValidation[SetState]],
) -> Response[bytes]:
    """Have nothing sent by the clock for now; by hand it can be."""
    return await _turned(request, schedule_id, set_schedule_state, ScheduleState.PAUSED)


@post(
    "/v1/report-schedules/{schedule_id:uuid}/resume",
    status_code=200,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=ReportScheduleBody,
        refuses=(ReportScheduleNotFound, WrongScheduleState),
    ).opt,
)
async def resume_report_schedule(
    request: AnyRequest,
    schedule_id: FromPath[UUID],
    set_schedule_state: NamedDependency[SkipValidation[SetState]],
) -> Response[bytes]:
    """Have it sent again from the next time on; what was missed meanwhile is not sent."""
    return await _turned(request, schedule_id, set_schedule_state, ScheduleState.ACTIVE)


async def _turned(
    request: AnyRequest, schedule_id: UUID, turn: SetState, state: ScheduleState
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = SetScheduleState(
        actor=actor_of(request),
        schedule_id=ReportScheduleId(schedule_id),
        state=state,
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await turn(command)))


@post(
    "/v1/report-schedules/{schedule_id:uuid}/run",
    status_code=202,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        status=202,
        sends=(IDEMPOTENCY_KEY,),
        shows=ReportRunBody,
        counts_as=Counted.EXPORT,
        refuses=(ReportScheduleNotFound, OwnerGone),
    ).opt,
)
async def run_report_schedule(
    request: AnyRequest,
    schedule_id: FromPath[UUID],
    run_schedule: NamedDependency[SkipValidation[UseCase[RunSchedule, ReportRun]]],
) -> Response[bytes]:
    """Have it made and sent now, in the name of its owner; when it is due stays as it is."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = RunSchedule(
        actor=actor_of(request),
        schedule_id=ReportScheduleId(schedule_id),
        once=key.once(_began),
    )
    return respond(_began(await run_schedule(command)))


@get(
    "/v1/report-schedules/{schedule_id:uuid}/runs",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        query=PAGE,
        shows=ReportRunPage,
        refuses=(ReportScheduleNotFound, BadCursor),
    ).opt,
)
async def list_report_runs(
    request: AnyRequest,
    schedule_id: FromPath[UUID],
    schedule_views: NamedDependency[SkipValidation[ScheduleViews]],
) -> Response[bytes]:
    """What came of each occasion, the latest first."""
    query, actor, cursors = PAGE.of(request), actor_of(request), Cursors.of(request)
    found = await schedule_views.schedule(actor, ReportScheduleId(schedule_id))
    schedule = visible_schedule(actor, found)
    page = await schedule_views.runs(actor, schedule.id, slice=cursors.slice(query))
    items = [ReportRunBody.of(run) for run in page.items]
    return cursors.respond(ReportRunPage(items=items, next=cursors.write(page.next)))


router = Router(
    "/",
    route_handlers=[
        pause_report_schedule,
        resume_report_schedule,
        run_report_schedule,
        list_report_runs,
    ],
)
