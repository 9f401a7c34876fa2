"""The recording of a call: on what basis, when it was silent, and what is kept of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.legs import Interval
from domain.kernel.identifiers import ActorId, CallId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class NoRecording(NotFound):
    code: ClassVar[str] = "no_recording"
    call_id: CallId

    def __str__(self) -> str:
        return f"call {self.call_id} was not recorded"


@attrs.frozen
class RecordingStateForbids(Conflict):
    code: ClassVar[str] = "recording_state_forbids"
    call_id: CallId
    state: str

    def __str__(self) -> str:
        return f"the recording of call {self.call_id} is {self.state}"


class RecordingBasis(Enum):
    """Announced: whoever heard that it is recorded stayed. Agreed: they said yes."""

    ANNOUNCED = "announced"
    AGREED = "agreed"
    LEGAL_DUTY = "legal_duty"


class RecordingState(Enum):
    RECORDING = "recording"
    PAUSED = "paused"
    KEPT = "kept"
    DELETED = "deleted"


class RecordingStep(Enum):
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


@attrs.frozen(kw_only=True)
class Recording:
    """`reference` is its name where it is kept. `by_hand` is whether a person paused it."""

    basis: RecordingBasis
    started_by: ActorId
    started_at: datetime
    reference: str | None = None
    pauses: tuple[Interval, ...] = ()
    by_hand: bool = False
    stopped_at: datetime | None = None
    deleted_at: datetime | None = None

    def state(self, *, over: bool) -> RecordingState:
        """With the call it ends."""
        if self.deleted_at is not None:
            return RecordingState.DELETED
        if over or self.stopped_at is not None:
            return RecordingState.KEPT
        return RecordingState.PAUSED if self.is_silent else RecordingState.RECORDING

    @property
    def is_silent(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    def seconds(self, ended_at: datetime | None) -> int | None:
        """Of what can be heard; None while it goes on."""
        end = self.stopped_at or ended_at
        if end is None:
            return None
        silent = sum(pause.lasted(end).total_seconds() for pause in self.pauses)
        return max(0, int((end - self.started_at).total_seconds() - silent))

    def pause(self, *, by_hand: bool, now: datetime) -> "Recording":
        by_hand = by_hand or (self.is_silent and self.by_hand)
        pauses = self.pauses if self.is_silent else (*self.pauses, Interval(since=now))
        return attrs.evolve(self, pauses=pauses, by_hand=by_hand)

    def go_on(self, *, now: datetime) -> "Recording":
        return attrs.evolve(self, pauses=_closed(self.pauses, now), by_hand=False)

    def stop(self, *, now: datetime) -> "Recording":
        return attrs.evolve(self, pauses=_closed(self.pauses, now), stopped_at=now)


def _closed(pauses: Sequence[Interval], now: datetime) -> tuple[Interval, ...]:
    return tuple(one if one.until is not None else attrs.evolve(one, until=now) for one in pauses)
