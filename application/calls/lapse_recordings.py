"""Delete recordings that have been kept for long enough; due by the clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import attrs

from application.calls.delete_recording import Deleting
from application.calls.telephony import TelephonyRefused
from application.kernel.ports import Clock
from domain.calls.recording_steps import lapse_recording
from domain.calls.recordings import NoRecording, RecordingBasis, RecordingStateForbids
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Actor
from domain.kernel.call_settings import RECORDINGS_DAYS, RECORDINGS_DAYS_BY_DUTY
from domain.kernel.identifiers import CallId


class OldRecordings(Protocol):
    async def begun_before(
        self, actor: Actor, moments: Mapping[RecordingBasis, datetime], *, limit: int
    ) -> Sequence[CallId]:
        """Calls whose recording is still there and began before the moment of its basis."""
        ...


@attrs.frozen(kw_only=True)
class Keeping:
    """How long what is recorded by a legal duty is kept, and how long all else."""

    by_duty: timedelta = timedelta(days=RECORDINGS_DAYS_BY_DUTY)
    otherwise: timedelta = timedelta(days=RECORDINGS_DAYS)

    def ends(self, now: datetime) -> Mapping[RecordingBasis, datetime]:
        """What began before then, by its basis, is old."""
        times = dict.fromkeys(RecordingBasis, self.otherwise) | {
            RecordingBasis.LEGAL_DUTY: self.by_duty
        }
        return {basis: now - lasts for basis, lasts in times.items()}


@attrs.frozen(kw_only=True)
class LapseRecordings:
    actor: Actor
    limit: int


@attrs.frozen(kw_only=True)
class LapseRecordingsHandler:
    old: OldRecordings
    deleting: Deleting
    clock: Clock
    keeping: Keeping = Keeping()

    async def __call__(self, command: LapseRecordings, /) -> int:
        """How many were deleted. Where the line cannot be reached, the rest is left for later."""
        ends = self.keeping.ends(self.clock())
        found = await self.old.begun_before(command.actor, ends, limit=command.limit)
        return sum([await self._delete(command.actor, call_id) for call_id in found])

    async def _delete(self, actor: Actor, call_id: CallId) -> bool:
        try:
            await self.deleting(actor, call_id, lambda call, now: lapse_recording(call, now=now))
        except (CallNotFound, NoRecording, RecordingStateForbids, TelephonyRefused):
            return False  # it goes on, somebody else was faster, or it is asked about again
        return True
