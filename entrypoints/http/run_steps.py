"""Routes on which runs are held, go on, end, or are tried again."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.ports import UseCase
from application.pipelines.start_run import RetryRun
from application.pipelines.steer_run import RunTurn, SteerRun
from domain.kernel.actors import Permission
from domain.kernel.identifiers import RunId
from domain.pipelines.pipeline import WrongPipelineState
from domain.pipelines.runs import Run, RunNotFound, RunUnderWay, WrongRunState
from domain.pipelines.sources import WrongSourceState
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import no_body
from entrypoints.http.run_shapes import RunBody
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Steer = UseCase[SteerRun, Run]


def _shown(run: Run) -> RunBody:
    return RunBody.at(run, run.queued_at)


_started = worded(
    _shown,
    status=202,
    version=lambda run: run.version,
    location=lambda run: f"/v1/runs/{run.id}",
)
_said = worded(_shown, version=lambda run: run.version)

STEERING = Operation(
    tag="pipelines",
    needs=Permission.WRITE_PIPELINES,
    sends=(IDEMPOTENCY_KEY, IF_MATCH),
    shows=RunBody,
    refuses=(RunNotFound, WrongRunState),
).opt


async def _steer(
    request: AnyRequest, run_id: UUID, turn: RunTurn, steer_run: Steer
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = SteerRun(
        actor=actor_of(request),
        run_id=RunId(run_id),
        turn=turn,
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await steer_run(command)))


@post("/v1/runs/{run_id:uuid}/pause", status_code=200, opt=STEERING)
async def pause_run(
    request: AnyRequest,
    run_id: FromPath[UUID],
    steer_run: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Take no more pages until it is resumed."""
    return await _steer(request, run_id, RunTurn.PAUSE, steer_run)


@post("/v1/runs/{run_id:uuid}/resume", status_code=200, opt=STEERING)
async def resume_run(
    request: AnyRequest,
    run_id: FromPath[UUID],
    steer_run: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Go on behind the last page that was taken."""
    return await _steer(request, run_id, RunTurn.RESUME, steer_run)


@post("/v1/runs/{run_id:uuid}/cancel", status_code=200, opt=STEERING)
async def cancel_run(
    request: AnyRequest,
    run_id: FromPath[UUID],
    steer_run: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """End it; what was taken stays."""
    return await _steer(request, run_id, RunTurn.CANCEL, steer_run)


@post(
    "/v1/runs/{run_id:uuid}/retry",
    status_code=202,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        shows=RunBody,
        status=202,
        refuses=(RunNotFound, WrongRunState, WrongPipelineState, WrongSourceState, RunUnderWay),
        then={"read_run": {"run_id": "$response.body#/id"}},
    ).opt,
)
async def retry_run(
    request: AnyRequest,
    run_id: FromPath[UUID],
    retry_run: NamedDependency[SkipValidation[UseCase[RetryRun, Run]]],
) -> Response[bytes]:
    """Go on with what came to no good end, in a run that points to it and has its own counts."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = RetryRun(actor=actor_of(request), run_id=RunId(run_id), once=key.once(_started))
    return respond(_started(await retry_run(command)))


router = Router("/", route_handlers=[pause_run, resume_run, cancel_run, retry_run])
