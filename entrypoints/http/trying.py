"""Routes by which a desk is tried: what it is connected to, and what it is like to be rung."""

from typing import Annotated, Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.calls.ring_desk import Fate, NotSimulated, Ring, RingDesk, Rung
from application.calls.try_connections import (
    Connection,
    ConnectionOutcome,
    Connections,
    TryConnections,
)
from application.kernel.ports import UseCase
from domain.kernel.actors import Permission
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.reading import OptionalBody, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Input, Output, PhoneNumber

AnyRequest = Request[Any, Any, Any]
Word = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_]+$", max_length=64, examples=["telephony_unavailable"])
]


class ConnectionBody(Output, frozen=True):
    """`reason` is why it `failed`; `provider` is whoever was asked."""

    outcome: ConnectionOutcome
    provider: Word | None
    reason: Word | None
    milliseconds: Annotated[int, Meta(ge=0, le=3_600_000, examples=[140])]

    @classmethod
    def of(cls, one: Connection) -> "ConnectionBody":
        return cls(
            outcome=one.outcome,
            provider=one.provider,
            reason=one.reason,
            milliseconds=one.milliseconds,
        )


class ConnectionsBody(Output, frozen=True):
    telephony: ConnectionBody
    model: ConnectionBody


class RingInput(Input, frozen=True):
    """What becomes of the call is `like` this; `called` is a number of the desk."""

    like: Fate = Fate.ANSWERED
    called: PhoneNumber | None = None


class RungBody(Output, frozen=True):
    caller: PhoneNumber
    called: PhoneNumber

    @classmethod
    def of(cls, rung: Rung) -> "RungBody":
        return cls(caller=rung.caller, called=rung.called)


RING: OptionalBody[RingInput] = OptionalBody(
    RingInput,
    examples={
        "somebody rings": {},
        "and hangs up": {"like": "hung-up", "called": "+442079460001"},
    },
)


@post(
    "/v1/connections/test",
    status_code=200,
    opt=Operation(
        tag="organization",
        needs=Permission.MANAGE_SETTINGS,
        shows=ConnectionsBody,
    ).opt,
)
async def test_connections(
    request: AnyRequest,
    try_connections: NamedDependency[SkipValidation[UseCase[TryConnections, Connections]]],
) -> Response[bytes]:
    """Really ask the line and the model, within their time limits. Nothing is changed by it."""
    await no_body(request)
    came = await try_connections(TryConnections(actor=actor_of(request)))
    body = ConnectionsBody(
        telephony=ConnectionBody.of(came.telephony), model=ConnectionBody.of(came.model)
    )
    return respond(answer(body))


@post(
    "/v1/simulator/rings",
    status_code=202,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        body=RING,
        shows=RungBody,
        status=202,
        refuses=(NotSimulated,),
    ).opt,
)
async def ring_desk(
    request: AnyRequest,
    ring_desk: NamedDependency[SkipValidation[UseCase[RingDesk, Rung]]],
) -> Response[bytes]:
    """Have somebody ring the desk over the simulated line; the call comes in a moment later."""
    data = await RING.of(request)
    ring = Ring(fate=data.like, called=data.called)
    rung = await ring_desk(RingDesk(actor=actor_of(request), ring=ring))
    return respond(answer(RungBody.of(rung), status=202))


router = Router("/", route_handlers=[test_connections, ring_desk])
