"""Calls of whoever is forgotten: that they were is kept, and nothing of what was said."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Column, ColumnElement, and_, bindparam, delete, or_, select, update

from adapters.mapping import call_lines as said
from adapters.mapping import call_notes as noted
from adapters.mapping import call_quality as judged
from adapters.mapping import calls as called
from adapters.mapping import escalations as escalated
from adapters.repositories.seals import Seals
from adapters.schema.call_quality import call_lines, call_quality, evaluations
from adapters.schema.calls import call_facts, call_notes, calls, quotations
from adapters.schema.escalations import escalations
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from domain.calls.call import Direction
from domain.calls.events import CallErased
from domain.kernel.identifiers import CallId

TOGETHER = 100

WORDS_OF_CALLS: Sequence[tuple[Column[Any], Column[Any], Mapping[str, Any]]] = (
    (call_facts.c.details, call_facts.c.call_id, {}),
    (call_lines.c.said, call_lines.c.call_id, said.NOTHING_SAID),
    (evaluations.c.words, evaluations.c.call_id, judged.NO_WORDS),
    (call_quality.c.summary, call_quality.c.id, judged.NO_SUMMARY),
    (escalations.c.words, escalations.c.call_id, escalated.NOBODYS),
)
"""Where it stands, whose it is, and what is left of it."""


@attrs.frozen
class Erased:
    """Answers that show one of these say what is to be forgotten."""

    calls: Sequence[UUID]
    notes: Sequence[UUID]


@attrs.frozen
class ErasedCalls:
    scope: Scope

    def forget(self, numbers: Sequence[str], *, now: datetime) -> Erased:
        """Those in which one of these was at the other end, deleted ones as well."""
        ids, notes = self._of(numbers), list[UUID]()
        for start in range(0, len(ids), TOGETHER):
            notes += self._forget(ids[start : start + TOGETHER], now=now)
        return Erased(ids, notes)

    def _of(self, numbers: Sequence[str]) -> Sequence[UUID]:
        vault, organization_id = self.scope.vault, self.scope.organization_id
        names = [name for one in numbers for name in vault.indexes(organization_id, one)]
        question = (
            select(calls.c.id)
            .where(self.scope.owns(calls), at_the_other_end(names))
            .order_by(calls.c.id)
            .with_for_update()
        )
        return self.scope.execute(question).scalars().all()

    def _forget(self, ids: Sequence[UUID], *, now: datetime) -> Sequence[UUID]:
        """Their notes."""
        owns, write = self.scope.owns, self.scope.execute
        for words, call_id, left in WORDS_OF_CALLS:
            theirs = and_(owns(words.table), call_id.in_(ids))
            write(update(words.table).where(theirs).values({words.name: left}))
        notes = self._forget_notes(ids)
        quoted = and_(owns(quotations), quotations.c.call_id.in_(ids))
        write(delete(quotations).where(quoted))
        theirs = and_(owns(calls), calls.c.id.in_(ids))
        write(
            update(calls)
            .where(theirs)
            .values(version=calls.c.version + 1, caller=None, called=None, people=called.NOBODYS)
        )
        handed_over = select(escalations.c.id).where(
            owns(escalations), escalations.c.call_id.in_(ids)
        )
        Seals(self.scope).forget(*ids, *write(handed_over).scalars().all())
        EventLog(self.scope).publish(
            [CallErased(call_id=CallId(id), occurred_at=now) for id in ids]
        )
        return notes

    def _forget_notes(self, ids: Sequence[UUID]) -> Sequence[UUID]:
        """Each still says when it was written."""
        theirs = select(call_notes.c.id, call_notes.c.written_at).where(
            self.scope.owns(call_notes), call_notes.c.call_id.in_(ids)
        )
        left = [
            {"p_id": row.id, "p_wordings": noted.nobodys(row.written_at)}
            for row in self.scope.execute(theirs)
        ]
        if left:
            one = and_(self.scope.owns(call_notes), call_notes.c.id == bindparam("p_id"))
            change = update(call_notes).where(one).values(wordings=bindparam("p_wordings"))
            self.scope.execute(change, left)
        return [one["p_id"] for one in left]


def at_the_other_end(names: Sequence[str]) -> ColumnElement[bool]:
    """Never the desk's own number, even if somebody has entered it as theirs."""
    return or_(
        and_(calls.c.direction == Direction.INBOUND.value, calls.c.caller.in_(names)),
        and_(calls.c.direction == Direction.OUTBOUND.value, calls.c.called.in_(names)),
    )
