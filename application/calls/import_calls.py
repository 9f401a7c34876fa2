"""Take calls of the past, carried elsewhere, many at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from application.calls.ports import CallWork
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.rows import Row, RowRefused
from domain.calls.past import ELSEWHERE, ImplausibleCall, PastCall
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.kernel.refusals import Conflict


@attrs.frozen
class CallImportedBefore(Conflict):
    code: ClassVar[str] = "call_imported_before"

    def __str__(self) -> str:
        return "a call of this key was imported before"


@attrs.frozen(kw_only=True)
class ImportCalls:
    """The value of each row is a `PastCall`."""

    actor: Actor
    rows: Sequence[Row]


@attrs.frozen(kw_only=True)
class ImportCallsHandler:
    """One transaction; imported once more, rows change nothing."""

    unit_of_work: UnitOfWork[CallWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: ImportCalls, /) -> Sequence[RowRefused]:
        """The bad ones, each with the rule that it breaks."""
        now = self.clock()

        def take(work: CallWork) -> Sequence[RowRefused]:
            return [
                refused
                for row in command.rows
                if (refused := self._taken(work, row, now)) is not None
            ]

        return await self.unit_of_work(command.actor, take)

    def _taken(self, work: CallWork, row: Row, now: datetime) -> RowRefused | None:
        past: PastCall = row.value
        try:
            call = past.call(CallId(self.new_id()), now=now)
        except ImplausibleCall as broken:
            return attrs.evolve(RowRefused.because(row.line, broken), code=broken.rule)
        if work.calls.named(ELSEWHERE, past.key) is not None:
            return RowRefused.because(row.line, CallImportedBefore())
        work.calls.save(call)
        return None
