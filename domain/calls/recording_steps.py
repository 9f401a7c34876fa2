"""Recording a call: begin, pause, go on, stop, delete; silent while somebody pays."""

from datetime import datetime

import attrs

from domain.calls.call import Call
from domain.calls.events import CallRecordingChanged, CallRecordingLapsed
from domain.calls.recordings import (
    NoRecording,
    Recording,
    RecordingBasis,
    RecordingState,
    RecordingStateForbids,
    RecordingStep,
)
from domain.calls.refusals import CallStateForbids
from domain.calls.status import CallStatus
from domain.kernel.identifiers import ActorId, PaymentId

State = RecordingState
MAY = {
    RecordingStep.PAUSE: {State.RECORDING, State.PAUSED},
    RecordingStep.RESUME: {State.PAUSED},
    RecordingStep.STOP: {State.RECORDING, State.PAUSED},
}
PAYING = "paused while a payment is open"


def recording_of(call: Call) -> Recording:
    """Raises NoRecording."""
    if call.recording is None:
        raise NoRecording(call.id)
    return call.recording


def state_of(call: Call) -> RecordingState:
    """Raises NoRecording."""
    return recording_of(call).state(over=call.status.line_is_down)


def record(
    call: Call, basis: RecordingBasis, reference: str | None, *, by: ActorId, now: datetime
) -> Call:
    """Once a call. Raises CallOver, CallStateForbids or RecordingStateForbids."""
    call.must_not_be_over()
    if call.status is not CallStatus.IN_PROGRESS:
        raise CallStateForbids(call.id, call.status.value)
    if call.recording is not None:
        raise RecordingStateForbids(call.id, state_of(call).value)
    if call.paying:
        raise RecordingStateForbids(call.id, PAYING)
    begun = Recording(basis=basis, started_by=by, started_at=now, reference=reference)
    return _changed(call, begun, now)


def change(call: Call, step: RecordingStep, *, now: datetime) -> Call:
    """By hand. Raises NoRecording or RecordingStateForbids."""
    recording, state = recording_of(call), state_of(call)
    if state not in MAY[step]:
        raise RecordingStateForbids(call.id, state.value)
    if step is RecordingStep.STOP:
        return _changed(call, recording.stop(now=now), now)
    if step is RecordingStep.PAUSE:
        return _changed(call, recording.pause(by_hand=True, now=now), now)
    if call.paying:
        raise RecordingStateForbids(call.id, PAYING)
    return _changed(call, recording.go_on(now=now), now)


def begin_paying(call: Call, payment_id: PaymentId, *, now: datetime) -> Call:
    """Nothing of a card is recorded."""
    if call.status.line_is_down or payment_id in call.paying:
        return call
    paying = attrs.evolve(call, paying=(*call.paying, payment_id))
    if call.recording is None or state_of(call) is not State.RECORDING:
        return paying
    return _changed(paying, call.recording.pause(by_hand=False, now=now), now)


def end_paying(call: Call, payment_id: PaymentId, *, now: datetime) -> Call:
    """With the last one that pays, it goes on, unless a person has paused it."""
    if payment_id not in call.paying:
        return call
    left = attrs.evolve(call, paying=tuple(one for one in call.paying if one != payment_id))
    recording = call.recording
    if left.paying or recording is None or recording.by_hand:
        return left
    if state_of(call) is not State.PAUSED:
        return left
    return _changed(left, recording.go_on(now=now), now)


def delete_recording(call: Call, *, now: datetime) -> Call:
    """Raises NoRecording or RecordingStateForbids."""
    recording, state = recording_of(call), state_of(call)
    if state is State.DELETED:
        return call
    if state is not State.KEPT:
        raise RecordingStateForbids(call.id, state.value)
    return _changed(call, attrs.evolve(recording, deleted_at=now, reference=None), now)


def lapse_recording(call: Call, *, now: datetime) -> Call:
    """It has been kept for long enough. Raises NoRecording or RecordingStateForbids."""
    deleted = delete_recording(call, now=now)
    if deleted is call:
        return call
    said = {"basis": recording_of(call).basis.value}
    return call.told(CallRecordingLapsed, said, now=now, recording=deleted.recording)


def _changed(call: Call, recording: Recording, now: datetime) -> Call:
    state = recording.state(over=call.status.line_is_down)
    return call.told(CallRecordingChanged, {"state": state.value}, now=now, recording=recording)
