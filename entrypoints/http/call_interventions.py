"""The route by which people step in while a call goes on."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.intervene import Intervene
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.kernel.ports import UseCase
from domain.calls.call import Call
from domain.calls.interventions import NoBotTalks, TooManyInterventions, WordsMissing
from domain.calls.refusals import CallNotFound, CallOver, CallStateForbids
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.answers import respond, worded
from entrypoints.http.call_shapes import CallBody
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.intervention_shapes import InterveneInput
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of

INTERVENE: Body[InterveneInput] = Body(
    InterveneInput,
    examples={
        "to everybody on the line": {"kind": "message", "text": "A colleague will join you."},
        "the machine is silent": {"kind": "pause", "text": "it repeats itself"},
        "it goes on": {"kind": "resume"},
        "it is told what to do": {"kind": "override", "text": "Offer the room with a view."},
    },
)

_said = worded(CallBody.of, version=lambda call: call.version)


@post(
    "/v1/calls/{call_id:uuid}/interventions",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=INTERVENE,
        shows=CallBody,
        refuses=(
            CallNotFound,
            CallOver,
            CallStateForbids,
            NoBotTalks,
            TooManyInterventions,
            WordsMissing,
            NoTelephony,
            TelephonyUnavailable,
            TelephonyRefused,
        ),
    ).opt,
)
async def intervene(
    request: Request[Any, Any, Any],
    call_id: FromPath[UUID],
    intervene: NamedDependency[SkipValidation[UseCase[Intervene, Call]]],
) -> Response[bytes]:
    """Say something to everybody on the line; silence the machine that talks, or instruct it.

    The machine hears of it by `call_intervened`, and reads the words with the call.
    """
    data = await INTERVENE.of(request)
    key = await IdempotencyKey.of(request)
    call = await intervene(
        Intervene(
            actor=actor_of(request),
            call_id=CallId(call_id),
            kind=data.kind,
            text=data.text,
            once=key.once(_said),
        )
    )
    return respond(_said(call))


router = Router("/", route_handlers=[intervene])
