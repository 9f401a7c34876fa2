"""Take calls of the past, carried elsewhere, many at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from application.calls.ports import CallWork
from application.kernel.ports import NewId
from application.kernel.rows import Row, RowRefused
from domain.calls.past import ELSEWHERE, ImplausibleCall
from domain.kernel.identifiers import CallId
from domain.kernel.refusals import Conflict


@attrs.frozen
class CallImportedBefore(Conflict):
    code: ClassVar[str] = "call_imported_before"

    def __str__(self) -> str:
        return "a call of this key was imported before"


@attrs.frozen(kw_only=True)
class ImportCalls:
    """The value of each row is a `PastCall`. Imported once more, rows change nothing."""

    new_id: NewId

    def __call__(
        self, work: CallWork, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]:
        """The bad ones, each with the rule that it breaks; however many, they are two questions.

        Whoever answered a call is one of the desk's agents if exactly one has that name.
        """
        agents = work.calls.agents_named(
            sorted({row.value.agent for row in rows if row.value.agent is not None})
        )
        known = set(work.calls.known(ELSEWHERE, sorted({row.value.key for row in rows})))
        refused = []
        for row in rows:
            try:
                call = row.value.call(
                    CallId(self.new_id()), answered_by=agents.get(row.value.agent), now=now
                )
                if row.value.key in known:
                    raise CallImportedBefore  # noqa: TRY301  (as whatever else is wrong with it)
            except ImplausibleCall as broken:
                why = RowRefused.because(row.line, broken)
                refused.append(attrs.evolve(why, code=broken.rule))
            except CallImportedBefore as before:
                refused.append(RowRefused.because(row.line, before))
            else:
                known.add(row.value.key)
                work.calls.save(call)
        return refused
