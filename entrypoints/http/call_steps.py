"""Routes of what is done to a call while it lasts."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.accept_call import AcceptCall
from application.calls.change_call import WrapUpCall
from application.calls.end_call import EndCall
from application.calls.hold_call import HoldCall
from application.calls.record_yes import RecordYes
from application.calls.resume_call import ResumeCall
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.calls.transfer_call import TransferCall
from application.kernel.ports import UseCase
from domain.calls.agents import NotYourAgent
from domain.calls.call import Call
from domain.calls.dispositions import (
    DispositionNotFound,
    DispositionRequired,
    DispositionRetired,
)
from domain.calls.ending import EndReason
from domain.calls.refusals import (
    BadPhoneNumber,
    CallNotFound,
    CallOver,
    CallStateForbids,
    CallTaken,
)
from domain.calls.yeses import TooManyYeses
from domain.kernel.actors import Permission
from domain.kernel.identifiers import AgentId, BookingId, CallId, DispositionId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, worded
from entrypoints.http.call_inputs import (
    AcceptInput,
    EndInput,
    TransferInput,
    WrapUpInput,
    YesInput,
)
from entrypoints.http.call_shapes import CallBody
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, OptionalBody, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

ACCEPT: Body[AcceptInput] = OptionalBody(
    AcceptInput, examples={"a person": {}, "a machine": {"bot": "ada"}}
)
TRANSFER: Body[TransferInput] = Body(
    TransferInput,
    examples={
        "at once": {"to": "+442079460000", "kind": "cold"},
        "with a word before": {"to": "+442079460000", "kind": "warm"},
    },
)
END: Body[EndInput] = OptionalBody(
    EndInput, examples={"done": {}, "why": {"reason": "silence", "note": "nobody there"}}
)
WRAP_UP: Body[WrapUpInput] = OptionalBody(
    WrapUpInput,
    examples={
        "nothing to say": {},
        "sold": {"disposition_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"},
    },
)
YES: Body[YesInput] = Body(
    YesInput,
    examples={
        "cancel": {
            "action": "cancel",
            "booking_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "wording": "Shall I cancel it for a fee of 20 euros? - Yes, please.",
        }
    },
)
CAME_OF_IT = (DispositionNotFound, DispositionRetired)
LINE = (NoTelephony, TelephonyUnavailable, TelephonyRefused)

_said = worded(CallBody.of, version=lambda call: call.version)


def _step(*refuses: type[Refusal], body: Body[Any] | None = None) -> dict[str, Operation]:
    return Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=body,
        shows=CallBody,
        refuses=(CallNotFound, *refuses),
    ).opt


@post(
    "/v1/calls/{call_id:uuid}/accept",
    status_code=200,
    opt=_step(CallOver, CallTaken, NotYourAgent, body=ACCEPT),
)
async def accept_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    accept_call: NamedDependency[SkipValidation[UseCase[AcceptCall, Call]]],
) -> Response[bytes]:
    """Take a call that is nobody's: it is the caller's of this from now on.

    Who acts as an agent takes it as that agent.
    """
    data = await ACCEPT.of(request)
    key = await IdempotencyKey.of(request)
    call = await accept_call(
        AcceptCall(
            actor=actor_of(request),
            call_id=CallId(call_id),
            agent_id=None if data.agent_id is None else AgentId(data.agent_id),
            bot=data.bot,
            once=key.once(_said),
        )
    )
    return respond(_said(call))


@post(
    "/v1/calls/{call_id:uuid}/hold",
    status_code=200,
    opt=_step(CallOver, CallStateForbids, *LINE),
)
async def hold_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    hold_call: NamedDependency[SkipValidation[UseCase[HoldCall, Call]]],
) -> Response[bytes]:
    """Have the customer wait."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    call = await hold_call(
        HoldCall(actor=actor_of(request), call_id=CallId(call_id), once=key.once(_said))
    )
    return respond(_said(call))


@post(
    "/v1/calls/{call_id:uuid}/resume",
    status_code=200,
    opt=_step(CallOver, CallStateForbids, *LINE),
)
async def resume_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    resume_call: NamedDependency[SkipValidation[UseCase[ResumeCall, Call]]],
) -> Response[bytes]:
    """Go on with a customer who waits."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    call = await resume_call(
        ResumeCall(actor=actor_of(request), call_id=CallId(call_id), once=key.once(_said))
    )
    return respond(_said(call))


@post(
    "/v1/calls/{call_id:uuid}/yeses",
    status_code=200,
    opt=_step(CallOver, CallStateForbids, TooManyYeses, body=YES),
)
async def record_yes(
    request: AnyRequest,
    call_id: FromPath[UUID],
    record_yes: NamedDependency[SkipValidation[UseCase[RecordYes, Call]]],
) -> Response[bytes]:
    """Record that the customer says yes to having a booking made, changed or cancelled.

    It is good for doing that once, in this call.
    """
    data = await YES.of(request)
    key = await IdempotencyKey.of(request)
    call = await record_yes(
        RecordYes(
            actor=actor_of(request),
            call_id=CallId(call_id),
            action=data.action,
            booking_id=BookingId(data.booking_id),
            wording=data.wording,
            once=key.once(_said),
        )
    )
    return respond(_said(call))


@post(
    "/v1/calls/{call_id:uuid}/transfer",
    status_code=200,
    opt=_step(CallOver, CallStateForbids, BadPhoneNumber, *LINE, body=TRANSFER),
)
async def transfer_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    transfer_call: NamedDependency[SkipValidation[UseCase[TransferCall, Call]]],
) -> Response[bytes]:
    """Hand a call on to a number. Then it is nobody's, until somebody accepts it."""
    data = await TRANSFER.of(request)
    key = await IdempotencyKey.of(request)
    call = await transfer_call(
        TransferCall(
            actor=actor_of(request),
            call_id=CallId(call_id),
            to=data.to,
            kind=data.kind,
            once=key.once(_said),
        )
    )
    return respond(_said(call))


@post(
    "/v1/calls/{call_id:uuid}/end",
    status_code=200,
    opt=_step(CallOver, *CAME_OF_IT, *LINE, body=END),
)
async def end_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    end_call: NamedDependency[SkipValidation[UseCase[EndCall, Call]]],
) -> Response[bytes]:
    """Hang up: completed if somebody had answered, called off if not.

    What the line says later does not change that. If the line does not answer, the end stays asked
    for: ask again.
    """
    data = await END.of(request)
    key = await IdempotencyKey.of(request)
    call = await end_call(
        EndCall(
            actor=actor_of(request),
            call_id=CallId(call_id),
            reason=EndReason(data.reason),
            note=data.note,
            disposition_id=_disposition(data.disposition_id),
            once=key.once(_said),
        )
    )
    return respond(_said(call))


@post(
    "/v1/calls/{call_id:uuid}/wrap-up",
    status_code=200,
    opt=_step(CallStateForbids, DispositionRequired, *CAME_OF_IT, body=WRAP_UP),
)
async def wrap_up_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    wrap_up_call: NamedDependency[SkipValidation[UseCase[WrapUpCall, Call]]],
) -> Response[bytes]:
    """Say that a call is written up, and what came of it."""
    data = await WRAP_UP.of(request)
    key = await IdempotencyKey.of(request)
    call = await wrap_up_call(
        WrapUpCall(
            actor=actor_of(request),
            call_id=CallId(call_id),
            disposition_id=_disposition(data.disposition_id),
            once=key.once(_said),
        )
    )
    return respond(_said(call))


def _disposition(id: UUID | None) -> DispositionId | None:
    return None if id is None else DispositionId(id)


router = Router(
    "/",
    route_handlers=[
        accept_call,
        hold_call,
        resume_call,
        record_yes,
        transfer_call,
        end_call,
        wrap_up_call,
    ],
)
