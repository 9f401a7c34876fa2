"""Calls as their quality is judged by, in SQL."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, bindparam

from adapters.mapping.call_lines import line_of, whole_lines
from adapters.mapping.calls import call_of, one_call
from adapters.schema.call_quality import call_lines
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.calls.quality_ports import Conversations
from domain.calls.call import Call
from domain.calls.rules import Conversation
from domain.calls.utterances import Utterance
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.kernel.periods import Period


@attrs.frozen
class SqlConversations(Conversations):
    database: Database

    async def of(self, actor: Actor, call_id: CallId) -> Conversation | None:
        def ask(connection: Connection) -> Conversation | None:
            vault = vault_of(connection)
            key = {"p_organization_id": actor.organization_id, "p_id": call_id}
            row = connection.execute(one_call(), key).one_or_none()
            if row is None:
                return None
            return _conversation(call_of(row, vault), utterances_of(connection, key))

        return await self.database.read(ask, of=actor.organization_id)


def utterances_of(connection: Connection, key: Mapping[str, Any]) -> tuple[Utterance, ...]:
    """All that was said in the call of that key."""
    vault = vault_of(connection)
    return tuple(line_of(line, vault) for line in connection.execute(_lines(), key))


@lru_cache(maxsize=1)
def _lines() -> Executable:
    return (
        whole_lines()
        .where(
            call_lines.c.organization_id == bindparam("p_organization_id"),
            call_lines.c.call_id == bindparam("p_id"),
        )
        .order_by(call_lines.c.number)
    )


def _conversation(call: Call, lines: tuple[Utterance, ...]) -> Conversation:
    written_up = call.wrapped_at or call.ended_at
    return Conversation(
        utterances=lines,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        holds=tuple(_holds(call)),
        disposed_at=None if call.disposition_id is None else written_up,
    )


def _holds(call: Call) -> Iterator[Period]:
    for hold in call.holds:
        until = hold.until or call.ended_at
        if until is not None and until > hold.since:
            yield Period(hold.since, until)
