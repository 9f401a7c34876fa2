"""Add what was said to the transcript of a call, while it goes on or afterwards."""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from application.calls.quality_jobs import scoring
from application.calls.quality_ports import QualityWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.quality_events import CallLinesAdded
from domain.calls.transcript import Said, numbered
from domain.calls.utterances import Utterance
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId


@attrs.frozen(kw_only=True)
class AddLines:
    MOST: ClassVar[int] = 200

    actor: Actor
    call_id: CallId
    said: tuple[Said, ...]
    once: Once[Sequence[Utterance]] | None = None


@attrs.frozen(kw_only=True)
class AddLinesHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: AddLines, /) -> Sequence[Utterance]:
        def add(work: QualityWork) -> Sequence[Utterance]:
            call = work.calls.locked(command.call_id)  # so that no number is given twice
            lines = numbered(call.id, command.said, behind=work.lines.last(call.id))
            work.lines.add(call.id, lines)
            added = CallLinesAdded(
                call_id=call.id,
                first=lines[0].line,
                last=lines[-1].line,
                occurred_at=self.clock(),
            )
            work.facts.publish((added,))
            if call.status.is_over:
                work.jobs.enqueue(scoring(call.id))
            return lines

        return await self.unit_of_work(command.actor, add, once=command.once)
