"""Setting up a whole organization with one request."""

from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.identity.invite_member import InviteMember
from application.identity.issue_api_key import IssueApiKey
from application.kernel.ports import UseCase
from application.onboarding.refusals import PartRefused, TooMuchAtOnce
from application.onboarding.set_up import Founded, SetUp
from domain.calls.agents import AgentTaken
from domain.calls.dispositions import DispositionLabelTaken
from domain.calls.queues import QueueTitleTaken
from domain.identity.api_keys import ScopesBeyondOwn, TooManyApiKeys
from domain.identity.members import RoleTooHigh, TooManyMembers
from domain.identity.organizations import OrganizationNotFound
from domain.kernel.actors import Permission
from entrypoints.http.answers import respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.setup_answers import SetupBody
from entrypoints.http.setup_shapes import WHOLE, SetupInput

AnyRequest = Request[Any, Any, Any]

SETUP: Body[SetupInput] = Body(SetupInput, examples={"a hotel with a classroom": WHOLE})

_founded = worded(SetupBody.of, status=201)
_founded_before = worded(SetupBody.without_secrets, status=201)


@post(
    "/v1/setup",
    opt=Operation(
        tag="organization",
        needs=Permission.WRITE_CATALOGUE,
        sensitive=True,
        sends=(IDEMPOTENCY_KEY,),
        body=SETUP,
        shows=SetupBody,
        status=201,
        refuses=(
            PartRefused,
            TooMuchAtOnce,
            OrganizationNotFound,
            RoleTooHigh,
            ScopesBeyondOwn,
            TooManyApiKeys,
            TooManyMembers,
            AgentTaken,
            QueueTitleTaken,
            DispositionLabelTaken,
        ),
    ).opt,
)
async def set_up(
    request: AnyRequest, set_up: NamedDependency[SkipValidation[UseCase[SetUp, Founded]]]
) -> Response[bytes]:
    """Set up your whole organization: what it sells, who works there, how it answers calls.

    All of it or nothing. Members need `members:write`, keys `keys:write`, another name
    `organization:write`, settings `settings:write`, agents and queues `agents:write`,
    dispositions `calls:write`, scorecards `calls:review`, sites `documentation:write`. Secrets
    of keys are in this answer and nowhere else: repeated with the same `Idempotency-Key` it comes
    without them.
    """
    data, actor = await SETUP.of(request), actor_of(request)
    key = await IdempotencyKey.of(request)
    founded = await set_up(
        SetUp(
            actor=actor,
            name=None if data.organization is None else data.organization.name,
            resources=tuple(one.resource(place) for place, one in enumerate(data.resources)),
            venues=tuple(data.all_venues()),
            trainers=tuple(data.all_trainers()),
            members=tuple(
                InviteMember(actor=actor, email=one.email, name=one.name, role=one.role)
                for one in data.members
            ),
            api_keys=tuple(
                IssueApiKey(
                    actor=actor,
                    name=one.name,
                    mode=one.mode,
                    scopes=frozenset(one.scopes),
                    good_for=one.good_for,
                )
                for one in data.api_keys
            ),
            settings=tuple(one.setting() for one in data.settings),
            call_desk=data.call_desk(actor),
            once=key.once(_founded_before),
        )
    )
    return respond(_founded(founded))


router = Router("/", route_handlers=[set_up])
