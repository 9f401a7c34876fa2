"""Routes of what whoever has escalated does meanwhile: waits, calls it off, takes a message."""

from uuid import UUID

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.cancel_escalation import CancelEscalation
from application.calls.pause_escalation import PauseEscalation
from application.calls.resume_escalation import ResumeEscalation
from application.calls.schedule_callback import ScheduleCallback
from application.calls.take_message import TakeMessage
from domain.calls.escalation_life import CallbackInThePast
from domain.calls.sla import ClockNotPaused, ClockNotRunning
from entrypoints.http.escalation_shapes import CallbackInput, MessageInput
from entrypoints.http.escalation_taking import AnyRequest, Step, step, take
from entrypoints.http.reading import Body, no_body
from entrypoints.http.shapes import FarOff, sensible

CALLBACK: Body[CallbackInput] = Body(
    CallbackInput, examples={"tomorrow": {"callback_at": "2027-03-04T09:00:00Z"}}
)
MESSAGE: Body[MessageInput] = Body(
    MessageInput, examples={"a message": {"message": "Please send the invoice again."}}
)


@post(
    "/v1/escalations/{escalation_id:uuid}/cancel",
    status_code=200,
    opt=step(),
)
async def cancel_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    cancel_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Take the caller back; an agent who was asked is free."""
    await no_body(request)
    return await take(CancelEscalation, request, escalation_id, cancel_escalation)


@post(
    "/v1/escalations/{escalation_id:uuid}/callback",
    status_code=200,
    opt=step(CallbackInThePast, FarOff, body=CALLBACK),
)
async def schedule_callback(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    schedule_callback: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Promise a caller whom nobody can help now to call back."""
    data = await CALLBACK.of(request)
    return await take(
        ScheduleCallback,
        request,
        escalation_id,
        schedule_callback,
        callback_at=sensible(data.callback_at),
    )


@post(
    "/v1/escalations/{escalation_id:uuid}/message",
    status_code=200,
    opt=step(body=MESSAGE),
)
async def take_message(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    take_message: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Take a message from a caller whom nobody can help now."""
    data = await MESSAGE.of(request)
    return await take(TakeMessage, request, escalation_id, take_message, message=data.message)


@post(
    "/v1/escalations/{escalation_id:uuid}/pause",
    status_code=200,
    opt=step(ClockNotRunning),
)
async def pause_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    pause_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """The caller asked for a moment: the clock stands still, and the place in line is kept.

    Nobody is offered it until it is resumed.
    """
    await no_body(request)
    return await take(PauseEscalation, request, escalation_id, pause_escalation)


@post(
    "/v1/escalations/{escalation_id:uuid}/resume",
    status_code=200,
    opt=step(ClockNotPaused),
)
async def resume_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    resume_escalation: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """The caller is back: the clock goes on, and whoever is free is asked."""
    await no_body(request)
    return await take(ResumeEscalation, request, escalation_id, resume_escalation)


router = Router(
    "/",
    route_handlers=[
        cancel_escalation,
        schedule_callback,
        take_message,
        pause_escalation,
        resume_escalation,
    ],
)
