"""Calls in SQL, and their transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
import msgspec
from sqlalchemy import Executable, Row, String, bindparam, column, select, values

from adapters.mapping.agents import agent_acting_as, agent_of
from adapters.mapping.calls import (
    NOBODYS,
    call_of,
    columns_of_call,
    columns_of_fact,
    columns_of_line,
    one_call,
    one_locked_call,
    one_mentioned_call,
    one_named_call,
    only_its_line_moved,
    people_of,
)
from adapters.mapping.sealed_parts import SEALED, Stored
from adapters.repositories.known_numbers import SqlKnownNumbers
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.seals import Seals
from adapters.schema.calls import call_facts, calls
from adapters.schema.escalations import agents
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.ports import Calls, CallWork, Mentioned
from domain.calls.agents import Agent
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.calls.refusals import CallNotFound
from domain.kernel.identifiers import ActorId, AgentId, CallId


@attrs.frozen
class SqlCalls(Calls):
    """`seen` are calls as they are stored, as far as this unit of work knows."""

    scope: Scope
    seen: dict[CallId, Call] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def get(self, call_id: CallId) -> Call:
        row = self.scope.ask(one_call(), self._key(p_id=call_id)).one_or_none()
        if row is None:
            raise CallNotFound(call_id)
        return self.of_row(row)

    def locked(self, call_id: CallId) -> Call:
        row = self.scope.execute(one_locked_call(), self._key(p_id=call_id)).one_or_none()
        if row is None:
            raise CallNotFound(call_id)
        return self.of_row(row)

    def named(self, provider: str, provider_call: str) -> Call | None:
        name = self._key(p_provider=provider, p_provider_call=provider_call)
        row = self.scope.execute(one_named_call(), name).one_or_none()
        return None if row is None else self.of_row(row)

    def known(self, provider: str, names: Sequence[str]) -> AbstractSet[str]:
        if not names:
            return set()
        wanted = values(column("name", String(255)), name="wanted").data([(n,) for n in names])
        asked = wanted.cte("wanted")
        # Each is looked up by itself: PostgreSQL, which may not know yet how many calls there
        # are, would otherwise compare all calls of the organization with all names.
        call = (
            select(calls.c.id)
            .where(
                self.scope.owns(calls),
                calls.c.provider == provider,
                calls.c.provider_call == asked.c.name,
            )
            .limit(1)
            .scalar_subquery()
        )
        question = select(asked.c.name).where(call.is_not(None))
        return set(self.scope.ask(question).scalars())

    def agents_named(self, names: Sequence[str]) -> Mapping[str, AgentId]:
        if not names:
            return {}
        question = select(agents.c.name, agents.c.id).where(
            self.scope.owns(agents), agents.c.deleted_at.is_(None), agents.c.name.in_(names)
        )
        found = [(row.name, AgentId(row.id)) for row in self.scope.ask(question)]
        often = Counter(name for name, _ in found)
        return {name: agent_id for name, agent_id in found if often[name] == 1}

    def agent_acting_as(self, actor_id: ActorId) -> Agent | None:
        row = self.scope.ask(agent_acting_as(), self._key(p_acts_as=actor_id)).one_or_none()
        return None if row is None else agent_of(row)

    def mentioned(self, fact: Heard) -> Mentioned:
        row = self.scope.ask(one_mentioned_call(), self._key_of(fact)).one_or_none()
        if row is None:
            return Mentioned(None, before=False)
        return Mentioned(self.of_row(row), row.heard)

    def has_heard(self, fact: Heard) -> bool:
        return self.scope.ask(_heard(), self._key_of(fact)).one_or_none() is not None

    def save(self, call: Call) -> Call:
        version = store(self.scope, calls, call.id, call.version, **self.new_columns(call))
        Seals(self.scope).keep_key(call.id)
        EventLog(self.scope).publish(call.events)
        saved = attrs.evolve(call, version=version, events=())
        self.seen[call.id] = saved
        return saved

    def keep(self, call: Call, fact: Heard, *, now: datetime) -> None:
        details: Stored = dict(fact.details)
        if details and self.scope.vault.is_set_up:
            plain = msgspec.json.encode(details)
            details = {SEALED: Seals(self.scope).whole(call.id, plain)}
        self.scope.add(
            call_facts,
            call_id=call.id,
            received_at=now,
            details=details,
            **columns_of_fact(fact),
        )
        Seals(self.scope).keep_key(call.id)

    def of_row(self, row: Row[Any]) -> Call:
        Seals(self.scope).remember(row)
        call = self.seen[row.id] = call_of(row, self.scope.vault)
        return call

    def new_columns(self, call: Call) -> Mapping[str, Any]:
        """At least those that are not as they were.

        A column that is written anew is written anew in each index that tells of it.
        """
        before = self.seen.get(call.id)
        if before is not None and only_its_line_moved(before, call):
            return columns_of_line(call)
        return self.columns(call)

    def columns(self, call: Call) -> Mapping[str, Any]:
        """With who it was, sealed: its key is kept after it."""
        return {**columns_of_call(call), **self._who(call)}

    def _who(self, call: Call) -> Mapping[str, Any]:
        seals, numbers = Seals(self.scope), call.numbers
        return {
            "people": seals.shared(call.id, people_of(call), NOBODYS),
            "caller": None if numbers.caller is None else seals.index(numbers.caller),
            "called": None if numbers.called is None else seals.index(numbers.called),
        }

    def _key_of(self, fact: Heard) -> Mapping[str, Any]:
        return self._key(
            p_provider=fact.provider, p_provider_call=fact.provider_call, p_key=fact.key
        )

    def _key(self, **members: Any) -> Mapping[str, Any]:
        return {"p_organization_id": self.scope.organization_id, **members}


@lru_cache(maxsize=1)
def _heard() -> Executable:
    return select(call_facts.c.key).where(
        call_facts.c.organization_id == bindparam("p_organization_id"),
        call_facts.c.provider == bindparam("p_provider"),
        call_facts.c.provider_call == bindparam("p_provider_call"),
        call_facts.c.key == bindparam("p_key"),
    )


@attrs.frozen(kw_only=True)
class SqlCallWork(CallWork):
    calls: SqlCalls
    desk_numbers: SqlKnownNumbers
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlCallWork":
        return cls(
            calls=SqlCalls(scope),
            desk_numbers=SqlKnownNumbers(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
