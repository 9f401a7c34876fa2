"""Delete the recording of a call, here and where it is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

import attrs

from application.calls.on_the_line import CallStep, OnTheLine
from application.calls.ports import CallWork
from application.calls.telephony import Telephonies
from application.kernel.jobs import Job
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.call import Call
from domain.calls.recording_steps import delete_recording, recording_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId


@attrs.frozen(kw_only=True)
class DeleteRecording(CallStep):
    JOB: ClassVar[str] = "delete_recording"

    @classmethod
    def job(cls, call_id: CallId) -> Job:
        return Job(name=cls.JOB, payload={"call_id": str(call_id)})


@attrs.frozen(kw_only=True)
class Deleting:
    """Also for calls that are deleted, or of whoever was forgotten."""

    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    clock: Clock

    async def __call__(
        self, actor: Actor, call_id: CallId, step: Callable[[Call, datetime], Call], /
    ) -> Call:
        """Where it is kept first: nothing is lost out of sight.

        Raises CallNotFound, NoRecording or RecordingStateForbids.
        """

        def look(work: CallWork) -> Call:
            call = work.calls.get(call_id)
            step(call, self.clock())
            return call

        def delete(work: CallWork) -> Call:
            call = work.calls.locked(call_id)
            after = step(call, self.clock())
            return call if after is call else work.calls.save(after)

        call = await self.unit_of_work(actor, look)
        reference = recording_of(call).reference
        if reference is not None and OnTheLine.line_of(call) is not None:
            await self.telephonies.of(actor.organization_id).delete_recording(reference)
        return await self.unit_of_work(actor, delete)


@attrs.frozen(kw_only=True)
class DeleteRecordingHandler:
    deleting: Deleting

    async def __call__(self, command: DeleteRecording, /) -> Call:
        """Raises CallNotFound, NoRecording or RecordingStateForbids."""
        return await self.deleting(
            command.actor, command.call_id, lambda call, now: delete_recording(call, now=now)
        )
