"""Routes of evaluations."""

from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.evaluation_steps import (
    DisputeEvaluation,
    EvaluationStep,
    SaveAnswers,
    SettleDispute,
    SubmitEvaluation,
    TakeUpDispute,
)
from application.calls.quality_ports import QualityViews
from application.calls.start_evaluation import StartEvaluation
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.answers import BadAnswer
from domain.calls.evaluations import (
    AnswersMissing,
    Evaluation,
    EvaluationNotFound,
    OwnEvaluation,
    WrongEvaluationState,
)
from domain.calls.refusals import CallNotFound, CallNotOver
from domain.calls.scorecards import ScorecardIsRetired, ScorecardNotActive, ScorecardNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId, EvaluationId
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.evaluation_shapes import (
    AnswersInput,
    DisputeInput,
    EvaluationBody,
    EvaluationPage,
    NewEvaluationInput,
)
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=EvaluationStep)

POLITELY = {"item": "polite", "options": ["yes"], "comment": "Throughout"}
NEW: Body[NewEvaluationInput] = Body(
    NewEvaluationInput,
    examples={"scorecard": {"scorecard_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"}},
)
ANSWERS: Body[AnswersInput] = Body(
    AnswersInput,
    examples={"answers": {"answers": [POLITELY], "notes": "A call to learn from"}},
)
DISPUTE: Body[DisputeInput] = Body(
    DisputeInput, examples={"dispute": {"reason": "The customer hung up first"}}
)
EVALUATIONS = Query(PageQuery)
NOT_IN_FORCE = (ScorecardNotActive, ScorecardIsRetired)


def _version(evaluation: Evaluation) -> int:
    return evaluation.version


_started = worded(
    EvaluationBody.of,
    status=201,
    version=_version,
    location=lambda evaluation: f"/v1/evaluations/{evaluation.id}",
)
_said = worded(EvaluationBody.of, version=_version)


@post(
    "/v1/calls/{call_id:uuid}/evaluations",
    opt=Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=EvaluationBody,
        status=201,
        refuses=(CallNotFound, CallNotOver, ScorecardNotFound, *NOT_IN_FORCE),
        then={"read_evaluation": {"evaluation_id": "$response.body#/id"}},
    ).opt,
)
async def start_evaluation(
    request: AnyRequest,
    call_id: FromPath[UUID],
    start_evaluation: NamedDependency[SkipValidation[UseCase[StartEvaluation, Evaluation]]],
) -> Response[bytes]:
    """Begin to evaluate a call by the active edition of a scorecard.

    What rules can tell is answered already.
    """
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = StartEvaluation(
        actor=actor_of(request),
        call_id=CallId(call_id),
        scorecard_id=data.scorecard,
        once=key.once(_started),
    )
    return respond(_started(await start_evaluation(command)))


@get(
    "/v1/calls/{call_id:uuid}/evaluations",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        query=EVALUATIONS,
        shows=EvaluationPage,
        refuses=(BadCursor, CallNotFound),
    ).opt,
)
async def list_evaluations(
    request: AnyRequest,
    call_id: FromPath[UUID],
    quality_views: NamedDependency[SkipValidation[QualityViews]],
) -> Response[bytes]:
    """Evaluations of a call, oldest first."""
    query, cursors = EVALUATIONS.of(request), Cursors.of(request)
    found = await quality_views.evaluations(
        actor_of(request), CallId(call_id), slice=cursors.slice(query)
    )
    return cursors.respond(
        EvaluationPage(
            items=[EvaluationBody.of(one) for one in found.items], next=cursors.write(found.next)
        )
    )


@get(
    "/v1/evaluations/{evaluation_id:uuid}",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=EvaluationBody,
        refuses=(EvaluationNotFound,),
    ).opt,
)
async def read_evaluation(
    request: AnyRequest,
    evaluation_id: FromPath[UUID],
    quality_views: NamedDependency[SkipValidation[QualityViews]],
) -> Response[bytes]:
    """One evaluation with its answers."""
    found = await quality_views.evaluation(actor_of(request), EvaluationId(evaluation_id))
    return tagged(request, EvaluationBody.of(found), version=found.version)


@put(
    "/v1/evaluations/{evaluation_id:uuid}",
    opt=Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        sends=(IF_MATCH,),
        body=ANSWERS,
        shows=EvaluationBody,
        refuses=(EvaluationNotFound, WrongEvaluationState, BadAnswer),
    ).opt,
)
async def save_answers(
    request: AnyRequest,
    evaluation_id: FromPath[UUID],
    save_answers: NamedDependency[SkipValidation[UseCase[SaveAnswers, Evaluation]]],
) -> Response[bytes]:
    """Replace the answers of a draft. What is incomplete can be kept, and not submitted."""
    data = await ANSWERS.of(request)
    command = SaveAnswers(
        actor=actor_of(request),
        evaluation_id=EvaluationId(evaluation_id),
        version=seen_version(request),
        answers=data.given(),
        notes=data.notes,
    )
    return respond(_said(await save_answers(command)))


def _stepping(*refuses: Any, body: Body[Any] | None = None) -> dict[str, Operation]:
    return Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=body,
        shows=EvaluationBody,
        refuses=(EvaluationNotFound, WrongEvaluationState, *refuses),
    ).opt


async def _step(
    step: type[Step],
    request: AnyRequest,
    evaluation_id: UUID,
    use_case: UseCase[Step, Evaluation],
    **members: Any,
) -> Response[bytes]:
    key = await IdempotencyKey.of(request)
    command = step(
        actor=actor_of(request),
        evaluation_id=EvaluationId(evaluation_id),
        version=seen_version(request),
        once=key.once(_said),
        **members,
    )
    return respond(_said(await use_case(command)))


@post(
    "/v1/evaluations/{evaluation_id:uuid}/submit",
    status_code=200,
    opt=_stepping(AnswersMissing, BadAnswer),
)
async def submit_evaluation(
    request: AnyRequest,
    evaluation_id: FromPath[UUID],
    submit_evaluation: NamedDependency[SkipValidation[UseCase[SubmitEvaluation, Evaluation]]],
) -> Response[bytes]:
    """Submit it: its score is the current one of the call from now on."""
    await no_body(request)
    return await _step(SubmitEvaluation, request, evaluation_id, submit_evaluation)


@post("/v1/evaluations/{evaluation_id:uuid}/dispute", status_code=200, opt=_stepping(body=DISPUTE))
async def dispute_evaluation(
    request: AnyRequest,
    evaluation_id: FromPath[UUID],
    dispute_evaluation: NamedDependency[SkipValidation[UseCase[DisputeEvaluation, Evaluation]]],
) -> Response[bytes]:
    """Ask for another look. Until it is settled, the score stays."""
    data = await DISPUTE.of(request)
    return await _step(
        DisputeEvaluation, request, evaluation_id, dispute_evaluation, reason=data.reason
    )


@post(
    "/v1/evaluations/{evaluation_id:uuid}/take-up", status_code=200, opt=_stepping(OwnEvaluation)
)
async def take_up_dispute(
    request: AnyRequest,
    evaluation_id: FromPath[UUID],
    take_up_dispute: NamedDependency[SkipValidation[UseCase[TakeUpDispute, Evaluation]]],
) -> Response[bytes]:
    """Take up a dispute: not for whoever evaluated the call."""
    await no_body(request)
    return await _step(TakeUpDispute, request, evaluation_id, take_up_dispute)


@post(
    "/v1/evaluations/{evaluation_id:uuid}/settle",
    status_code=200,
    opt=_stepping(OwnEvaluation, AnswersMissing, BadAnswer, body=ANSWERS),
)
async def settle_dispute(
    request: AnyRequest,
    evaluation_id: FromPath[UUID],
    settle_dispute: NamedDependency[SkipValidation[UseCase[SettleDispute, Evaluation]]],
) -> Response[bytes]:
    """Settle a dispute for good, by the answers that stand."""
    data = await ANSWERS.of(request)
    return await _step(
        SettleDispute,
        request,
        evaluation_id,
        settle_dispute,
        answers=data.given(),
        notes=data.notes,
    )


router = Router(
    "/",
    route_handlers=[
        start_evaluation,
        list_evaluations,
        read_evaluation,
        save_answers,
        submit_evaluation,
        dispute_evaluation,
        take_up_dispute,
        settle_dispute,
    ],
)
