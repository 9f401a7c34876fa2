"""Transcripts in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, bindparam, func, select

from adapters.mapping.call_lines import NOTHING_SAID, columns_of_line, line_of, whole_lines
from adapters.mapping.sealed_parts import SEALED, Stored, apart
from adapters.repositories.seals import Seals
from adapters.schema.call_quality import call_lines
from adapters.sql.scope import Scope
from application.calls.quality_ports import Lines
from domain.calls.utterances import Utterance
from domain.kernel.identifiers import CallId


@attrs.frozen
class SqlLines(Lines):
    """What was said is sealed with the key of the call: who forgets it, forgets both."""

    scope: Scope

    def last(self, call_id: CallId) -> int:
        key = {"p_organization_id": self.scope.organization_id, "p_call_id": call_id}
        last: int = self.scope.ask(_last(), key).scalar_one()
        return last

    def between(self, call_id: CallId, *, first: int, last: int) -> Sequence[Utterance]:
        key = {
            "p_organization_id": self.scope.organization_id,
            "p_call_id": call_id,
            "p_first": first,
            "p_last": last,
        }
        found = self.scope.ask(_between(), key)
        return [line_of(row, self.scope.vault) for row in found]

    def add(self, call_id: CallId, lines: Sequence[Utterance]) -> None:
        for line in lines:
            said = {"text": line.text, "audio_url": line.audio_url}
            self.scope.add(
                call_lines,
                call_id=call_id,
                said=beside_the_call(self.scope, call_id, said, NOTHING_SAID),
                **columns_of_line(line),
            )
        Seals(self.scope).keep_key(call_id)


def beside_the_call(
    scope: Scope, call_id: CallId, whole: Stored, nobodys: Stored
) -> Mapping[str, Any]:
    """Sealed with the key of the call, which stays whatever there is to seal."""
    if not scope.vault.is_set_up:
        return whole
    document, hidden = apart(whole, nobodys)
    return (
        document if hidden is None else {**document, SEALED: Seals(scope).whole(call_id, hidden)}
    )


@lru_cache(maxsize=1)
def _last() -> Executable:
    return select(func.coalesce(func.max(call_lines.c.number), 0)).where(
        call_lines.c.organization_id == bindparam("p_organization_id"),
        call_lines.c.call_id == bindparam("p_call_id"),
    )


@lru_cache(maxsize=1)
def _between() -> Executable:
    return (
        whole_lines()
        .where(
            call_lines.c.organization_id == bindparam("p_organization_id"),
            call_lines.c.call_id == bindparam("p_call_id"),
            call_lines.c.number.between(bindparam("p_first"), bindparam("p_last")),
        )
        .order_by(call_lines.c.number)
    )
