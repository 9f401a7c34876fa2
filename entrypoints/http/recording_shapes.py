"""Recordings of calls in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from domain.calls.call import Call
from domain.calls.legs import Interval
from domain.calls.recording_steps import recording_of, state_of
from domain.calls.recordings import RecordingBasis, RecordingState
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Output

MOST_PAUSES = 1000

Reference = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=255,
        description="What it is called where it is kept.",
        examples=["RE0123456789abcdef0123456789abcdef"],
    ),
]


class RecordInput(Input, frozen=True):
    """`basis` is the ground on which; `reference` is for calls that you carry and record."""

    basis: RecordingBasis
    reference: Reference | None = None


class PauseBody(Output, frozen=True):
    since: Moment
    until: Moment | None

    @classmethod
    def of(cls, pause: Interval) -> "PauseBody":
        return cls(since=pause.since, until=pause.until)


class RecordingBody(Output, frozen=True):
    """`seconds` is how long one can listen. `reference` is for whoever may review calls."""

    call_id: Identifier
    state: RecordingState
    basis: RecordingBasis
    started_by: Identifier
    started_at: Moment
    stopped_at: Moment | None
    deleted_at: Moment | None
    pauses: Annotated[Sequence[PauseBody], Meta(max_length=MOST_PAUSES)]
    seconds: (
        Annotated[int, Meta(ge=0, le=10**7, description="Null while it goes on.", examples=[61])]
        | None
    )
    reference: Reference | None

    @classmethod
    def of(cls, call: Call) -> "RecordingBody":
        """Without what it is called where it is kept. Raises NoRecording."""
        return cls.shown(call, reference=None)

    @classmethod
    def shown(cls, call: Call, *, reference: str | None) -> "RecordingBody":
        """Raises NoRecording."""
        recording = recording_of(call)
        over = call.ended_at if call.status.line_is_down else None
        return cls(
            call_id=call.id,
            state=state_of(call),
            basis=recording.basis,
            started_by=recording.started_by,
            started_at=recording.started_at,
            stopped_at=recording.stopped_at or over,
            deleted_at=recording.deleted_at,
            pauses=[PauseBody.of(pause) for pause in recording.pauses[-MOST_PAUSES:]],
            seconds=recording.seconds(over),
            reference=reference,
        )
