"""Routes of runs: begin them, see how far they are, steer them, and what they could not take."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from application.pipelines.pipeline_views import PipelineViews, QuarantineViews
from application.pipelines.start_run import StartRun
from application.pipelines.steer_run import SteerRun
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PipelineId, RunId
from domain.pipelines.pipeline import PipelineNotFound, WrongPipelineState
from domain.pipelines.ranges import BadRange
from domain.pipelines.runs import Run, RunKind, RunNotFound, RunUnderWay
from domain.pipelines.sources import WrongSourceState
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, OptionalBody, Query, no_body
from entrypoints.http.run_shapes import (
    LogQuery,
    QuarantinedBody,
    QuarantinePage,
    QuarantineQuery,
    RunBody,
    RunInput,
    RunNoteBody,
    RunNotePage,
    RunPage,
)
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Steer = UseCase[SteerRun, Run]

START: Body[RunInput] = OptionalBody(
    RunInput,
    examples={
        "as usual": {},
        "a month again": {
            "range": {"field": "arrival", "first": "2027-01-01", "until": "2027-02-01"}
        },
    },
)
LIST = Query(PageQuery)
LOG = Query(LogQuery)
QUARANTINE = Query(QuarantineQuery)


def _shown(run: Run) -> RunBody:
    return RunBody.at(run, run.queued_at)


_started = worded(
    _shown,
    status=202,
    version=lambda run: run.version,
    location=lambda run: f"/v1/runs/{run.id}",
)
_said = worded(_shown, version=lambda run: run.version)

BEGINNING = (WrongPipelineState, WrongSourceState, RunUnderWay)
THIS = {"read_run": {"run_id": "$response.body#/id"}}


@post(
    "/v1/pipelines/{pipeline_id:uuid}/runs",
    status_code=202,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        body=START,
        shows=RunBody,
        status=202,
        refuses=(PipelineNotFound, BadRange, *BEGINNING),
        then=THIS,
    ).opt,
)
async def start_run(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    start_run: NamedDependency[SkipValidation[UseCase[StartRun, Run]]],
) -> Response[bytes]:
    """Have a source read in the background; there is one run of a pipeline at a time."""
    data = await START.of(request)
    key = await IdempotencyKey.of(request)
    command = StartRun(
        actor=actor_of(request),
        pipeline_id=PipelineId(pipeline_id),
        kind=data.kind,
        range=None if data.range is None else data.range.range(),
        once=key.once(_started),
    )
    return respond(_started(await start_run(command)))


@get(
    "/v1/pipelines/{pipeline_id:uuid}/runs",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LIST,
        shows=RunPage,
        refuses=(PipelineNotFound, BadCursor),
    ).opt,
)
async def list_runs(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    pipeline_views: NamedDependency[SkipValidation[PipelineViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """Runs of a pipeline, the latest first."""
    query, cursors, now = LIST.of(request), Cursors.of(request), clock()
    page = await pipeline_views.runs(
        actor_of(request), PipelineId(pipeline_id), slice=cursors.slice(query)
    )
    items = [RunBody.at(run, now) for run in page.items]
    return cursors.respond(RunPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/pipelines/{pipeline_id:uuid}/quarantine",
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        query=QUARANTINE,
        shows=QuarantinePage,
        refuses=(PipelineNotFound, BadCursor),
    ).opt,
)
async def list_quarantine(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    quarantine_views: NamedDependency[SkipValidation[QuarantineViews]],
) -> Response[bytes]:
    """Rows that were not taken, each with the reason; with `code`, those of one."""
    query, cursors = QUARANTINE.of(request), Cursors.of(request)
    page = await quarantine_views.rows(
        actor_of(request), PipelineId(pipeline_id), code=query.code, slice=cursors.slice(query)
    )
    items = [QuarantinedBody.of(row) for row in page.items]
    return cursors.respond(QuarantinePage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/pipelines/{pipeline_id:uuid}/quarantine/replay",
    status_code=202,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        shows=RunBody,
        status=202,
        refuses=(PipelineNotFound, *BEGINNING),
        then=THIS,
    ).opt,
)
async def replay_quarantine(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    start_run: NamedDependency[SkipValidation[UseCase[StartRun, Run]]],
) -> Response[bytes]:
    """Try again what was not taken, by the edition in force; what is bad still stays."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = StartRun(
        actor=actor_of(request),
        pipeline_id=PipelineId(pipeline_id),
        kind=RunKind.REPLAY,
        once=key.once(_started),
    )
    return respond(_started(await start_run(command)))


@get(
    "/v1/runs/{run_id:uuid}",
    opt=Operation(
        tag="pipelines", needs=Permission.READ_PIPELINES, shows=RunBody, refuses=(RunNotFound,)
    ).opt,
)
async def read_run(
    request: AnyRequest,
    run_id: FromPath[UUID],
    pipeline_views: NamedDependency[SkipValidation[PipelineViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """How far a run is. Its ETag changes with every page: steer it with `If-Match: *`."""
    run = await pipeline_views.run(actor_of(request), RunId(run_id))
    return respond(answer(RunBody.at(run, clock()), version=run.version))


@get(
    "/v1/runs/{run_id:uuid}/logs",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LOG,
        shows=RunNotePage,
        refuses=(RunNotFound, BadCursor),
    ).opt,
)
async def read_run_log(
    request: AnyRequest,
    run_id: FromPath[UUID],
    pipeline_views: NamedDependency[SkipValidation[PipelineViews]],
) -> Response[bytes]:
    """What happened in a run, in that order."""
    query, cursors = LOG.of(request), Cursors.of(request)
    page = await pipeline_views.notes(
        actor_of(request),
        RunId(run_id),
        level=query.level,
        since=query.since,
        until=query.until,
        slice=cursors.slice(query),
    )
    items = [RunNoteBody.of(note) for note in page.items]
    return cursors.respond(RunNotePage(items=items, next=cursors.write(page.next)))


router = Router(
    "/",
    route_handlers=[
        start_run,
        list_runs,
        list_quarantine,
        replay_quarantine,
        read_run,
        read_run_log,
    ],
)
