"""Routes of reports that are sent by the clock: which there are, and what is sent."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.analytics.keep_schedules import (
    AddSchedule,
    ChangeSchedule,
    DeleteSchedule,
    visible_schedule,
)
from application.analytics.reports import BadFilter, ReportNotFound, UnknownFilter
from application.analytics.request_export import FormatNotAvailable
from application.analytics.schedule_ports import ScheduleViews
from application.analytics.steer_export import sees_all
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.analytics.intervals import TooManyIntervals
from domain.analytics.report_schedules import (
    BadRecipients,
    ReportSchedule,
    ReportScheduleNotFound,
    TooManyReportSchedules,
    TooOften,
)
from domain.identity.tiers import NotInTier
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ReportScheduleId
from domain.kernel.schedules import BadCron
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.report_schedule_shapes import (
    WEEKLY,
    ReportScheduleBody,
    ReportScheduleInput,
    ReportSchedulePage,
)
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[ScheduleViews]]

SCHEDULE: Body[ReportScheduleInput] = Body(ReportScheduleInput, examples={"weekly": WEEKLY})
PAGE = Query(PageQuery)
REFUSES = (
    ReportNotFound,
    FormatNotAvailable,
    UnknownFilter,
    BadFilter,
    TooManyIntervals,
    BadRecipients,
    BadCron,
    TooOften,
    NotInTier,
)

_added = worded(
    ReportScheduleBody.of,
    status=201,
    version=lambda schedule: schedule.version,
    location=lambda schedule: f"/v1/report-schedules/{schedule.id}",
)


@post(
    "/v1/report-schedules",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        sends=(IDEMPOTENCY_KEY,),
        body=SCHEDULE,
        shows=ReportScheduleBody,
        status=201,
        refuses=(*REFUSES, TooManyReportSchedules),
        then={"run_report_schedule": {"schedule_id": "$response.body#/id"}},
    ).opt,
)
async def add_report_schedule(
    request: AnyRequest,
    add_schedule: NamedDependency[SkipValidation[UseCase[AddSchedule, ReportSchedule]]],
) -> Response[bytes]:
    """Have a report made into a file and sent to members by e-mail, by the words of cron.

    It takes the permissions of the report as well, and takes them each time it is sent.
    """
    data = await SCHEDULE.of(request)
    key = await IdempotencyKey.of(request)
    command = AddSchedule(actor=actor_of(request), sending=data.sending(), once=key.once(_added))
    return respond(_added(await add_schedule(command)))


@get(
    "/v1/report-schedules",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        query=PAGE,
        shows=ReportSchedulePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_report_schedules(request: AnyRequest, schedule_views: Views) -> Response[bytes]:
    """Your schedules, oldest first; with `audit:read`, everybody's."""
    actor, cursors = actor_of(request), Cursors.of(request)
    page = await schedule_views.schedules(
        actor, everybodys=sees_all(actor), slice=cursors.slice(PAGE.of(request))
    )
    items = [ReportScheduleBody.of(schedule) for schedule in page.items]
    return cursors.respond(ReportSchedulePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/report-schedules/{schedule_id:uuid}",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        sends=(IF_NONE_MATCH,),
        shows=ReportScheduleBody,
        refuses=(ReportScheduleNotFound,),
    ).opt,
)
async def read_report_schedule(
    request: AnyRequest, schedule_id: FromPath[UUID], schedule_views: Views
) -> Response[bytes]:
    """What is sent, when, and to whom."""
    actor = actor_of(request)
    found = await schedule_views.schedule(actor, ReportScheduleId(schedule_id))
    schedule = visible_schedule(actor, found)
    return tagged(request, ReportScheduleBody.of(schedule), version=schedule.version)


@put(
    "/v1/report-schedules/{schedule_id:uuid}",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        sends=(IF_MATCH,),
        body=SCHEDULE,
        shows=ReportScheduleBody,
        refuses=(*REFUSES, ReportScheduleNotFound),
    ).opt,
)
async def change_report_schedule(
    request: AnyRequest,
    schedule_id: FromPath[UUID],
    change_schedule: NamedDependency[SkipValidation[UseCase[ChangeSchedule, ReportSchedule]]],
) -> Response[bytes]:
    """Have something else sent, or at other times; from then on it is yours."""
    data = await SCHEDULE.of(request)
    command = ChangeSchedule(
        actor=actor_of(request),
        schedule_id=ReportScheduleId(schedule_id),
        sending=data.sending(),
        version=seen_version(request),
    )
    schedule = await change_schedule(command)
    return respond(answer(ReportScheduleBody.of(schedule), version=schedule.version))


@delete(
    "/v1/report-schedules/{schedule_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        shows=ReportScheduleBody,
        refuses=(ReportScheduleNotFound,),
    ).opt,
)
async def delete_report_schedule(
    request: AnyRequest,
    schedule_id: FromPath[UUID],
    delete_schedule: NamedDependency[SkipValidation[UseCase[DeleteSchedule, ReportSchedule]]],
) -> Response[bytes]:
    """Have it sent no more; what was sent stays on the audit trail."""
    await no_body(request)
    command = DeleteSchedule(actor=actor_of(request), schedule_id=ReportScheduleId(schedule_id))
    schedule = await delete_schedule(command)
    return respond(answer(ReportScheduleBody.of(schedule), version=schedule.version))


router = Router(
    "/",
    route_handlers=[
        add_report_schedule,
        list_report_schedules,
        read_report_schedule,
        change_report_schedule,
        delete_report_schedule,
    ],
)
