"""Routes of scorecards."""

from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.quality_ports import QualityViews
from application.calls.scorecard_steps import (
    ActivateScorecard,
    AddScorecard,
    ChangeScorecard,
    RetireScorecard,
    ScorecardStep,
)
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.forms import BadBands, BadForm
from domain.calls.scorecards import (
    EditionNotFound,
    NothingToActivate,
    Scorecard,
    ScorecardIsRetired,
    ScorecardNotFound,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ScorecardId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.scorecard_shapes import (
    MANNERS,
    EditionBody,
    ScorecardBody,
    ScorecardInput,
    ScorecardPage,
)
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=ScorecardStep)

SCORECARD: Body[ScorecardInput] = Body(ScorecardInput, examples={"manners": MANNERS})
SCORECARDS = Query(PageQuery)


def _version(scorecard: Scorecard) -> int:
    return scorecard.version


_added = worded(
    ScorecardBody.of,
    status=201,
    version=_version,
    location=lambda scorecard: f"/v1/scorecards/{scorecard.id}",
)
_said = worded(ScorecardBody.of, version=_version)


@post(
    "/v1/scorecards",
    opt=Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=SCORECARD,
        shows=ScorecardBody,
        status=201,
        refuses=(BadForm, BadBands),
        then={"read_scorecard": {"scorecard_id": "$response.body#/id"}},
    ).opt,
)
async def add_scorecard(
    request: AnyRequest,
    add_scorecard: NamedDependency[SkipValidation[UseCase[AddScorecard, Scorecard]]],
) -> Response[bytes]:
    """Add a scorecard, as a draft."""
    data = await SCORECARD.of(request)
    key = await IdempotencyKey.of(request)
    command = AddScorecard(
        actor=actor_of(request), title=data.title, form=data.form(), once=key.once(_added)
    )
    return respond(_added(await add_scorecard(command)))


@get(
    "/v1/scorecards",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        query=SCORECARDS,
        shows=ScorecardPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_scorecards(
    request: AnyRequest, quality_views: NamedDependency[SkipValidation[QualityViews]]
) -> Response[bytes]:
    """Scorecards, by title."""
    query, cursors = SCORECARDS.of(request), Cursors.of(request)
    found = await quality_views.scorecards(actor_of(request), slice=cursors.slice(query))
    return cursors.respond(
        ScorecardPage(
            items=[ScorecardBody.of(one) for one in found.items], next=cursors.write(found.next)
        )
    )


@get(
    "/v1/scorecards/{scorecard_id:uuid}",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=ScorecardBody,
        refuses=(ScorecardNotFound,),
    ).opt,
)
async def read_scorecard(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    quality_views: NamedDependency[SkipValidation[QualityViews]],
) -> Response[bytes]:
    """One scorecard with its draft."""
    found = await quality_views.scorecard(actor_of(request), ScorecardId(scorecard_id))
    return tagged(request, ScorecardBody.of(found), version=found.version)


@get(
    "/v1/scorecards/{scorecard_id:uuid}/editions/{number:int}",
    opt=Operation(
        tag="quality",
        needs=Permission.READ_CALLS,
        shows=EditionBody,
        refuses=(EditionNotFound,),
    ).opt,
)
async def read_scorecard_edition(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    number: FromPath[int],
    quality_views: NamedDependency[SkipValidation[QualityViews]],
) -> Response[bytes]:
    """A form as it was activated; evaluations say by which edition they were made."""
    found = await quality_views.edition(actor_of(request), ScorecardId(scorecard_id), number)
    return respond(answer(EditionBody.of(found)))


@put(
    "/v1/scorecards/{scorecard_id:uuid}",
    opt=Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        sends=(IF_MATCH,),
        body=SCORECARD,
        shows=ScorecardBody,
        refuses=(ScorecardNotFound, ScorecardIsRetired, BadForm, BadBands),
    ).opt,
)
async def change_scorecard(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    change_scorecard: NamedDependency[SkipValidation[UseCase[ChangeScorecard, Scorecard]]],
) -> Response[bytes]:
    """Replace the draft. What is active stays as it is."""
    data = await SCORECARD.of(request)
    command = ChangeScorecard(
        actor=actor_of(request),
        scorecard_id=ScorecardId(scorecard_id),
        version=seen_version(request),
        title=data.title,
        form=data.form(),
    )
    return respond(_said(await change_scorecard(command)))


def _stepping(*refuses: Any) -> dict[str, Operation]:
    return Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=ScorecardBody,
        refuses=(ScorecardNotFound, ScorecardIsRetired, *refuses),
    ).opt


async def _step(
    step: type[Step],
    request: AnyRequest,
    scorecard_id: UUID,
    use_case: UseCase[Step, Scorecard],
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = step(
        actor=actor_of(request),
        scorecard_id=ScorecardId(scorecard_id),
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await use_case(command)))


@post(
    "/v1/scorecards/{scorecard_id:uuid}/activate",
    status_code=200,
    opt=_stepping(NothingToActivate),
)
async def activate_scorecard(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    activate_scorecard: NamedDependency[SkipValidation[UseCase[ActivateScorecard, Scorecard]]],
) -> Response[bytes]:
    """Make an edition of the draft, by which calls are evaluated from now on."""
    return await _step(ActivateScorecard, request, scorecard_id, activate_scorecard)


@post("/v1/scorecards/{scorecard_id:uuid}/retire", status_code=200, opt=_stepping())
async def retire_scorecard(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    retire_scorecard: NamedDependency[SkipValidation[UseCase[RetireScorecard, Scorecard]]],
) -> Response[bytes]:
    """Evaluate nothing more by it. What was evaluated stays."""
    return await _step(RetireScorecard, request, scorecard_id, retire_scorecard)


router = Router(
    "/",
    route_handlers=[
        add_scorecard,
        list_scorecards,
        read_scorecard,
        read_scorecard_edition,
        change_scorecard,
        activate_scorecard,
        retire_scorecard,
    ],
)
