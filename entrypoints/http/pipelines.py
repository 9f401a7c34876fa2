"""Routes of pipelines: what they do, what they did before, and what they would do."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from application.pipelines.keep_pipelines import (
    AddPipeline,
    ChangePipeline,
    RestoreEdition,
)
from application.pipelines.pipeline_views import PipelineViews
from application.pipelines.try_pipeline import Trial, TryPipeline
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DataSourceId, PipelineId
from domain.kernel.schedules import BadCron
from domain.pipelines.patterns import BadPattern
from domain.pipelines.pipeline import (
    BadFeed,
    EventKindFed,
    Pipeline,
    PipelineEditionNotFound,
    PipelineNotFound,
    WrongPipelineState,
)
from domain.pipelines.sources import DataSourceNotFound, WrongSourceState
from domain.pipelines.steps import BadStep
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.pipeline_shapes import (
    ROOM_TYPES,
    PipelineBody,
    PipelineChange,
    PipelineEditionBody,
    PipelineEditionPage,
    PipelineInput,
    PipelineMetrics,
    PipelinePage,
)
from entrypoints.http.reading import Body, OptionalBody, Query, no_body
from entrypoints.http.run_shapes import TrialBody, TrialInput
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

NEW: Body[PipelineInput] = Body(PipelineInput, examples={"events": ROOM_TYPES})
CHANGE: Body[PipelineChange] = Body(
    PipelineChange,
    examples={"other steps": {"name": ROOM_TYPES["name"], "definition": ROOM_TYPES["definition"]}},
)
TRIAL: Body[TrialInput] = OptionalBody(TrialInput, examples={"a few": {"limit": 5}})
LIST = Query(PageQuery)

_added = worded(
    PipelineBody.of,
    status=201,
    version=lambda pipeline: pipeline.version,
    location=lambda pipeline: f"/v1/pipelines/{pipeline.id}",
)
_said = worded(PipelineBody.of, version=lambda pipeline: pipeline.version)


@post(
    "/v1/pipelines",
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=PipelineBody,
        status=201,
        refuses=(
            DataSourceNotFound,
            WrongSourceState,
            BadFeed,
            EventKindFed,
            BadStep,
            BadPattern,
            BadCron,
        ),
        then={"try_pipeline": {"pipeline_id": "$response.body#/id"}},
    ).opt,
)
async def add_pipeline(
    request: AnyRequest,
    add_pipeline: NamedDependency[SkipValidation[UseCase[AddPipeline, Pipeline]]],
) -> Response[bytes]:
    """Say what becomes of the records of a source. Nothing is read yet.

    It takes the permission to add what they become, as well.
    """
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = AddPipeline(
        actor=actor_of(request),
        name=data.name,
        target=data.target,
        source_id=None if data.source_id is None else DataSourceId(data.source_id),
        event_kind=data.event_kind,
        definition=data.definition.definition(),
        policy=data.policy.policy(),
        schedule=data.scheduled(),
        once=key.once(_added),
    )
    return respond(_added(await add_pipeline(command)))


@get(
    "/v1/pipelines",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LIST,
        shows=PipelinePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_pipelines(
    request: AnyRequest, pipeline_views: NamedDependency[SkipValidation[PipelineViews]]
) -> Response[bytes]:
    """Pipelines, as they were added, but for archived ones."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await pipeline_views.pipelines(actor_of(request), slice=cursors.slice(query))
    items = [PipelineBody.of(pipeline) for pipeline in page.items]
    return cursors.respond(PipelinePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/pipelines/{pipeline_id:uuid}",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        sends=(IF_NONE_MATCH,),
        shows=PipelineBody,
        refuses=(PipelineNotFound,),
    ).opt,
)
async def read_pipeline(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    pipeline_views: NamedDependency[SkipValidation[PipelineViews]],
) -> Response[bytes]:
    """One pipeline, in the edition that is in force."""
    pipeline = await pipeline_views.pipeline(actor_of(request), PipelineId(pipeline_id))
    return tagged(request, PipelineBody.of(pipeline), version=pipeline.version)


@put(
    "/v1/pipelines/{pipeline_id:uuid}",
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IF_MATCH,),
        body=CHANGE,
        shows=PipelineBody,
        refuses=(PipelineNotFound, WrongPipelineState, BadStep, BadPattern, BadCron),
    ).opt,
)
async def change_pipeline(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    change_pipeline: NamedDependency[SkipValidation[UseCase[ChangePipeline, Pipeline]]],
) -> Response[bytes]:
    """Say otherwise what becomes of records; a run under way goes on as it began."""
    data = await CHANGE.of(request)
    command = ChangePipeline(
        actor=actor_of(request),
        pipeline_id=PipelineId(pipeline_id),
        name=data.name,
        definition=data.definition.definition(),
        policy=data.policy.policy(),
        schedule=data.scheduled(),
        version=seen_version(request),
    )
    pipeline = await change_pipeline(command)
    return respond(answer(PipelineBody.of(pipeline), version=pipeline.version))


@get(
    "/v1/pipelines/{pipeline_id:uuid}/editions",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LIST,
        shows=PipelineEditionPage,
        refuses=(PipelineNotFound, BadCursor),
    ).opt,
)
async def list_pipeline_editions(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    pipeline_views: NamedDependency[SkipValidation[PipelineViews]],
) -> Response[bytes]:
    """All that a pipeline ever did, the latest first."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await pipeline_views.editions(
        actor_of(request), PipelineId(pipeline_id), slice=cursors.slice(query)
    )
    items = [PipelineEditionBody.of(edition) for edition in page.items]
    return cursors.respond(PipelineEditionPage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/pipelines/{pipeline_id:uuid}/editions/{number:int}/restore",
    status_code=200,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=PipelineBody,
        refuses=(PipelineNotFound, PipelineEditionNotFound, WrongPipelineState),
    ).opt,
)
async def restore_pipeline_edition(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    number: FromPath[int],
    restore_edition: NamedDependency[SkipValidation[UseCase[RestoreEdition, Pipeline]]],
) -> Response[bytes]:
    """Do everything as in an edition before; that is a new one, so that nothing is lost."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = RestoreEdition(
        actor=actor_of(request),
        pipeline_id=PipelineId(pipeline_id),
        edition=number,
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await restore_edition(command)))


@post(
    "/v1/pipelines/{pipeline_id:uuid}/dry-run",
    status_code=200,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        body=TRIAL,
        shows=TrialBody,
        refuses=(PipelineNotFound, BadStep, BadPattern),
    ).opt,
)
async def try_pipeline(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    try_pipeline: NamedDependency[SkipValidation[UseCase[TryPipeline, Trial]]],
) -> Response[bytes]:
    """See what would become of the first records, row by row. Nothing is written."""
    data = await TRIAL.of(request)
    command = TryPipeline(
        actor=actor_of(request),
        pipeline_id=PipelineId(pipeline_id),
        limit=data.limit,
        definition=None if data.definition is None else data.definition.definition(),
    )
    return respond(answer(TrialBody.of(await try_pipeline(command))))


@get(
    "/v1/pipelines/{pipeline_id:uuid}/metrics",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        shows=PipelineMetrics,
        refuses=(PipelineNotFound,),
    ).opt,
)
async def read_pipeline_metrics(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    pipeline_views: NamedDependency[SkipValidation[PipelineViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """How runs went: throughput, latency, errors, the last one and the next."""
    figures = await pipeline_views.figures(actor_of(request), PipelineId(pipeline_id))
    return respond(answer(PipelineMetrics.of(figures, clock())))


router = Router(
    "/",
    route_handlers=[
        add_pipeline,
        list_pipelines,
        read_pipeline,
        change_pipeline,
        list_pipeline_editions,
        restore_pipeline_edition,
        try_pipeline,
        read_pipeline_metrics,
    ],
)
