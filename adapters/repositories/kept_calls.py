"""Calls of a customer and all that was said, noted and judged in them, to be shown to them."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Column, Row, Select

from adapters.mapping.call_lines import line_of, whole_lines
from adapters.mapping.call_notes import note_of, whole_notes
from adapters.mapping.call_quality import (
    evaluation_of,
    quality_of,
    whole_evaluations,
    whole_qualities,
)
from adapters.mapping.calls import call_of, whole_calls
from adapters.mapping.escalations import escalation_of, whole_escalations
from adapters.mapping.kept import handed_over, kept_call, noted, quoted, reviewed, said, summed_up
from adapters.mapping.quotations import quotation_of, whole_quotations
from adapters.repositories.erased_calls import at_the_other_end
from adapters.schema.call_quality import call_lines, call_quality, evaluations
from adapters.schema.calls import call_notes, calls, quotations
from adapters.schema.escalations import escalations
from adapters.sealing.vault import Vault
from adapters.sql.scope import Scope
from domain.bookings.kept import KeptCall, KeptWords

TOGETHER = 100

Words = tuple[KeptWords, ...]


@attrs.frozen
class _Source:
    """Where words of calls are: `of` is the column that says of which call, then their order."""

    whole: Callable[[], Select[Any]]
    of: Column[Any]
    order: Sequence[Column[Any]]
    words: Callable[[Row[Any], Vault], Words]


SOURCES = (
    _Source(
        whole_lines,
        call_lines.c.call_id,
        [call_lines.c.number],
        lambda row, vault: said(line_of(row, vault)),
    ),
    _Source(
        whole_notes,
        call_notes.c.call_id,
        [call_notes.c.written_at, call_notes.c.id],
        lambda row, vault: noted(note_of(row, vault)),
    ),
    _Source(
        whole_quotations,
        quotations.c.call_id,
        [quotations.c.quoted_at, quotations.c.id],
        lambda row, _: quoted(quotation_of(row)),
    ),
    _Source(
        whole_escalations,
        escalations.c.call_id,
        [escalations.c.requested_at, escalations.c.id],
        lambda row, vault: handed_over(escalation_of(row, vault)),
    ),
    _Source(
        whole_qualities,
        call_quality.c.id,
        [],
        lambda row, vault: summed_up(quality_of(row, vault)),
    ),
    _Source(
        whole_evaluations,
        evaluations.c.call_id,
        [evaluations.c.started_at, evaluations.c.id],
        lambda row, vault: reviewed(evaluation_of(row, vault)),
    ),
)


@attrs.frozen
class KeptCalls:
    scope: Scope

    def of(self, numbers: Sequence[str]) -> Sequence[KeptCall]:
        """Those in which one of these was at the other end, deleted ones as well."""
        if not numbers:
            return ()
        vault = self.scope.vault
        names = [
            name for one in numbers for name in vault.indexes(self.scope.organization_id, one)
        ]
        question = whole_calls().where(self.scope.owns(calls), at_the_other_end(names))
        rows = self.scope.ask(question.order_by(calls.c.started_at, calls.c.id)).all()
        words = self._words([row.id for row in rows])
        return [kept_call(call_of(row, vault), tuple(words[row.id])) for row in rows]

    def _words(self, ids: Sequence[UUID]) -> dict[UUID, list[KeptWords]]:
        found: dict[UUID, list[KeptWords]] = {id: [] for id in ids}
        for start in range(0, len(ids), TOGETHER):
            for source in SOURCES:
                some = source.of.in_(ids[start : start + TOGETHER])
                asked = source.whole().where(self.scope.owns(source.of.table), some)
                for row in self.scope.ask(asked.order_by(*source.order)):
                    call_id = getattr(row, source.of.name)
                    found[call_id] += source.words(row, self.scope.vault)
        return found
