"""Routes of which calls are reviewed, and whether reviewers mean the same."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.choose_calls import ChooseCalls
from application.calls.compare_reviewers import CompareReviewers
from application.kernel.ports import UseCase
from domain.calls.calibration import Agreement
from domain.calls.sampling import Plan
from domain.calls.scorecards import ScorecardNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ActorId, CallId, ScorecardId
from domain.kernel.periods import BadPeriod, Period
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.quality_numbers import share
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Input, Moment, Output, sensible

AnyRequest = Request[Any, Any, Any]


class SampleQuery(Input, frozen=True):
    """Calls that began in the period: any, so many of each agent, or those at most risk."""

    since: Moment
    until: Moment
    plan: Literal["random", "each_agent", "at_risk"] = "random"
    size: Annotated[int, Meta(ge=1, le=ChooseCalls.MOST, examples=[10])] = 10

    def period(self) -> Period:
        """Raises BadPeriod, FarOff."""
        sensible(self.since)
        sensible(self.until)
        return Period(self.since, self.until)


class SampleBody(Output, frozen=True):
    call_ids: Annotated[Sequence[Identifier], Meta(max_length=ChooseCalls.MOST)]


class AgreementQuery(Input, frozen=True):
    one: Identifier
    other: Identifier


class ReviewersAgreementBody(Output, frozen=True):
    """`kappa` is Cohen's: 1 agrees always, 0 no more often than by chance."""

    judged: Annotated[int, Meta(ge=0, le=10**9)]
    agreed: Annotated[int, Meta(ge=0, le=10**9)]
    kappa: Annotated[float, Meta(ge=-1, le=1)] | None

    @classmethod
    def of(cls, found: Agreement) -> "ReviewersAgreementBody":
        return cls(judged=found.judged, agreed=found.agreed, kappa=share(found.kappa))


SAMPLE = Query(SampleQuery)
REVIEWERS = Query(AgreementQuery)


@get(
    "/v1/scorecards/{scorecard_id:uuid}/sample",
    opt=Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        query=SAMPLE,
        shows=SampleBody,
        refuses=(ScorecardNotFound, BadPeriod, FarOff),
    ).opt,
)
async def sample_calls(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    choose_calls: NamedDependency[SkipValidation[UseCase[ChooseCalls, Sequence[CallId]]]],
) -> Response[bytes]:
    """Calls to evaluate by a scorecard that nobody has evaluated by it; other ones each time."""
    query = SAMPLE.of(request)
    command = ChooseCalls(
        actor=actor_of(request),
        scorecard_id=ScorecardId(scorecard_id),
        period=query.period(),
        plan=Plan(query.plan),
        size=query.size,
    )
    return respond(answer(SampleBody(call_ids=list(await choose_calls(command)))))


@get(
    "/v1/scorecards/{scorecard_id:uuid}/agreement",
    opt=Operation(
        tag="quality",
        needs=Permission.REVIEW_CALLS,
        query=REVIEWERS,
        shows=ReviewersAgreementBody,
        refuses=(ScorecardNotFound,),
    ).opt,
)
async def compare_reviewers(
    request: AnyRequest,
    scorecard_id: FromPath[UUID],
    compare_reviewers: NamedDependency[SkipValidation[UseCase[CompareReviewers, Agreement]]],
) -> Response[bytes]:
    """How far two reviewers agree about calls that both have evaluated, beyond chance."""
    query = REVIEWERS.of(request)
    command = CompareReviewers(
        actor=actor_of(request),
        scorecard_id=ScorecardId(scorecard_id),
        one=ActorId(query.one),
        other=ActorId(query.other),
    )
    return respond(answer(ReviewersAgreementBody.of(await compare_reviewers(command))))


router = Router("/", route_handlers=[sample_calls, compare_reviewers])
