"""Routes on which pipelines rest, go on, or end."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.ports import UseCase
from application.pipelines.keep_pipelines import SetPipelineState
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PipelineId
from domain.pipelines.pipeline import (
    Pipeline,
    PipelineNotFound,
    PipelineState,
    WrongPipelineState,
)
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.pipeline_shapes import PipelineBody
from entrypoints.http.reading import no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
SetState = UseCase[SetPipelineState, Pipeline]

_said = worded(PipelineBody.of, version=lambda pipeline: pipeline.version)

STEERING = Operation(
    tag="pipelines",
    needs=Permission.WRITE_PIPELINES,
    sends=(IDEMPOTENCY_KEY, IF_MATCH),
    shows=PipelineBody,
    refuses=(PipelineNotFound, WrongPipelineState),
).opt


async def _become(
    request: AnyRequest, pipeline_id: UUID, state: PipelineState, set_state: SetState
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = SetPipelineState(
        actor=actor_of(request),
        pipeline_id=PipelineId(pipeline_id),
        state=state,
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await set_state(command)))


@post("/v1/pipelines/{pipeline_id:uuid}/stop", status_code=200, opt=STEERING)
async def stop_pipeline(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    set_pipeline_state: NamedDependency[SkipValidation[SetState]],
) -> Response[bytes]:
    """Begin no more runs; one that is under way goes on."""
    return await _become(request, pipeline_id, PipelineState.PAUSED, set_pipeline_state)


@post("/v1/pipelines/{pipeline_id:uuid}/start", status_code=200, opt=STEERING)
async def start_pipeline(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    set_pipeline_state: NamedDependency[SkipValidation[SetState]],
) -> Response[bytes]:
    """Begin runs again, at times or when asked."""
    return await _become(request, pipeline_id, PipelineState.ACTIVE, set_pipeline_state)


@post("/v1/pipelines/{pipeline_id:uuid}/archive", status_code=200, opt=STEERING)
async def archive_pipeline(
    request: AnyRequest,
    pipeline_id: FromPath[UUID],
    set_pipeline_state: NamedDependency[SkipValidation[SetState]],
) -> Response[bytes]:
    """Never run again, and end what is under way; what was brought stays."""
    return await _become(request, pipeline_id, PipelineState.ARCHIVED, set_pipeline_state)


router = Router("/", route_handlers=[stop_pipeline, start_pipeline, archive_pipeline])
