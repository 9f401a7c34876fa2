"""Routes of the steps that the agent of an escalation takes."""

from uuid import UUID

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.accept_escalation import AcceptEscalation
from application.calls.advance_escalation import Advance, AdvanceEscalation
from application.calls.complete_escalation import CompleteEscalation
from application.calls.decline_escalation import DeclineEscalation
from application.calls.hand_back_escalation import HandBackEscalation
from domain.calls.agents import BadRating
from entrypoints.http.escalation_shapes import CompleteInput, DeclineInput, HandBackInput
from entrypoints.http.escalation_taking import AnyRequest, Step, step, take
from entrypoints.http.reading import Body, OptionalBody, no_body

DECLINE: Body[DeclineInput] = OptionalBody(
    DeclineInput, examples={"declined": {}, "voicemail": {"outcome": "voicemail"}}
)
COMPLETE: Body[CompleteInput] = OptionalBody(
    CompleteInput, examples={"helped": {}, "rated": {"rating": 5}}
)
HAND_BACK: Body[HandBackInput] = Body(
    HandBackInput, examples={"not for me": {"reason": "not_mine"}}
)


@post(
    "/v1/escalations/{escalation_id:uuid}/accept",
    status_code=200,
    opt=step(),
)
async def accept_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    accept_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Take over a caller who was offered.

    A cold one is yours from now on; a warm one stays with whoever had escalated until you are put
    through.
    """
    await no_body(request)
    return await take(AcceptEscalation, request, escalation_id, accept_escalation)


@post(
    "/v1/escalations/{escalation_id:uuid}/decline",
    status_code=200,
    opt=step(body=DECLINE),
)
async def decline_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    decline_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Decline a caller who was offered: the next one is asked, or the caller waits."""
    data = await DECLINE.of(request)
    return await take(
        DeclineEscalation, request, escalation_id, decline_escalation, outcome=data.why()
    )


@post(
    "/v1/escalations/{escalation_id:uuid}/ring",
    status_code=200,
    opt=step(),
)
async def ring_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    advance_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """The agent's phone rings."""
    await no_body(request)
    return await take(
        AdvanceEscalation,
        request,
        escalation_id,
        advance_escalation,
        by=Advance.RING,
    )


@post(
    "/v1/escalations/{escalation_id:uuid}/brief",
    status_code=200,
    opt=step(),
)
async def brief_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    advance_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Whoever had escalated tells the agent what it is about, while the caller hears music."""
    await no_body(request)
    return await take(
        AdvanceEscalation,
        request,
        escalation_id,
        advance_escalation,
        by=Advance.BRIEF,
    )


@post(
    "/v1/escalations/{escalation_id:uuid}/bridge",
    status_code=200,
    opt=step(),
)
async def bridge_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    advance_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Put caller and agent through: from now on the caller is the agent's."""
    await no_body(request)
    return await take(
        AdvanceEscalation,
        request,
        escalation_id,
        advance_escalation,
        by=Advance.BRIDGE,
    )


@post(
    "/v1/escalations/{escalation_id:uuid}/complete",
    status_code=200,
    opt=step(BadRating, body=COMPLETE),
)
async def complete_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    complete_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """The caller was helped: the agent is free for the next in line."""
    data = await COMPLETE.of(request)
    return await take(
        CompleteEscalation, request, escalation_id, complete_escalation, rating=data.rating
    )


@post(
    "/v1/escalations/{escalation_id:uuid}/hand-back",
    status_code=200,
    opt=step(body=HAND_BACK),
)
async def hand_back_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    hand_back_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Give the caller back to whoever had escalated, and say why."""
    data = await HAND_BACK.of(request)
    return await take(
        HandBackEscalation, request, escalation_id, hand_back_escalation, why=data.reason
    )


router = Router(
    "/",
    route_handlers=[
        accept_escalation,
        decline_escalation,
        ring_escalation,
        brief_escalation,
        bridge_escalation,
        complete_escalation,
        hand_back_escalation,
    ],
)
