"""Routes of the recordings of calls."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.delete_recording import DeleteRecording
from application.calls.record_call import ChangeRecording, RecordCall
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.calls.views import CallViews
from application.kernel.ports import UseCase
from domain.calls.call import Call
from domain.calls.recording_steps import recording_of
from domain.calls.recordings import NoRecording, RecordingStateForbids, RecordingStep
from domain.calls.refusals import CallNotFound, CallOver, CallStateForbids
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_NONE_MATCH
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body
from entrypoints.http.recording_shapes import RecordingBody, RecordInput
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Changing = NamedDependency[SkipValidation[UseCase[ChangeRecording, Call]]]

RECORD: Body[RecordInput] = Body(
    RecordInput,
    examples={
        "announced": {"basis": "announced"},
        "recorded by yourselves": {"basis": "agreed", "reference": "pbx-4711.wav"},
    },
)
LINE = (NoTelephony, TelephonyUnavailable, TelephonyRefused)

_recorded = worded(RecordingBody.of, version=lambda call: call.version)


STEP = Operation(
    tag="calls",
    needs=Permission.WRITE_CALLS,
    or_needs=Permission.HANDLE_OWN_CALLS,
    sends=(IDEMPOTENCY_KEY,),
    shows=RecordingBody,
    refuses=(CallNotFound, NoRecording, RecordingStateForbids, *LINE),
).opt


async def _changed(
    request: AnyRequest,
    call_id: UUID,
    change_recording: UseCase[ChangeRecording, Call],
    step: RecordingStep,
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = ChangeRecording(
        actor=actor_of(request), call_id=CallId(call_id), step=step, once=key.once(_recorded)
    )
    return respond(_recorded(await change_recording(command)))


@post(
    "/v1/calls/{call_id:uuid}/recording",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=RECORD,
        shows=RecordingBody,
        refuses=(CallNotFound, CallOver, CallStateForbids, RecordingStateForbids, *LINE),
    ).opt,
)
async def record_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    record_call: NamedDependency[SkipValidation[UseCase[RecordCall, Call]]],
) -> Response[bytes]:
    """Record a call that goes on, and say on what ground."""
    data = await RECORD.of(request)
    key = await IdempotencyKey.of(request)
    command = RecordCall(
        actor=actor_of(request),
        call_id=CallId(call_id),
        basis=data.basis,
        reference=data.reference,
        once=key.once(_recorded),
    )
    return respond(_recorded(await record_call(command)))


@post(
    "/v1/calls/{call_id:uuid}/recording/pause",
    status_code=200,
    opt=STEP,
)
async def pause_recording(
    request: AnyRequest,
    call_id: FromPath[UUID],
    change_recording: Changing,
) -> Response[bytes]:
    """Nothing is recorded until it goes on."""
    return await _changed(request, call_id, change_recording, RecordingStep.PAUSE)


@post(
    "/v1/calls/{call_id:uuid}/recording/resume",
    status_code=200,
    opt=STEP,
)
async def resume_recording(
    request: AnyRequest,
    call_id: FromPath[UUID],
    change_recording: Changing,
) -> Response[bytes]:
    """Record on; while somebody pays it is not."""
    return await _changed(request, call_id, change_recording, RecordingStep.RESUME)


@post(
    "/v1/calls/{call_id:uuid}/recording/stop",
    status_code=200,
    opt=STEP,
)
async def stop_recording(
    request: AnyRequest,
    call_id: FromPath[UUID],
    change_recording: Changing,
) -> Response[bytes]:
    """The recording is over, and kept."""
    return await _changed(request, call_id, change_recording, RecordingStep.STOP)


@get(
    "/v1/calls/{call_id:uuid}/recording",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=RecordingBody,
        refuses=(CallNotFound, NoRecording),
    ).opt,
)
async def read_recording(
    request: AnyRequest,
    call_id: FromPath[UUID],
    call_views: NamedDependency[SkipValidation[CallViews]],
) -> Response[bytes]:
    """What is kept of a call; by what to listen to it for whoever may review calls."""
    actor = actor_of(request)
    call = await call_views.call(actor, CallId(call_id))
    listens = Permission.REVIEW_CALLS in actor.permissions
    reference = recording_of(call).reference if listens else None
    return tagged(request, RecordingBody.shown(call, reference=reference), version=call.version)


@delete(
    "/v1/calls/{call_id:uuid}/recording",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        shows=RecordingBody,
        refuses=(CallNotFound, NoRecording, RecordingStateForbids, *LINE),
    ).opt,
)
async def delete_recording(
    request: AnyRequest,
    call_id: FromPath[UUID],
    delete_recording: NamedDependency[SkipValidation[UseCase[DeleteRecording, Call]]],
) -> Response[bytes]:
    """Delete a recording that is over, here and where it is kept."""
    await no_body(request)
    command = DeleteRecording(actor=actor_of(request), call_id=CallId(call_id))
    return respond(_recorded(await delete_recording(command)))


router = Router(
    "/",
    route_handlers=[
        record_call,
        pause_recording,
        resume_recording,
        stop_recording,
        read_recording,
        delete_recording,
    ],
)
