"""Many calls in one transaction, in SQL: each table is written once, however many they are."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, bindparam, insert, select

from adapters.mapping.calls import named_calls
from adapters.repositories.calls import SqlCalls, SqlCallWork
from adapters.repositories.known_numbers import SqlKnownNumbers
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.seals import Seals
from adapters.schema.calls import call_facts, calls
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store_locked
from application.calls.intake import CallsTogether, IntakeWork, Key, TakenIn
from application.calls.known_numbers import Rung
from domain.calls.call import Call


@attrs.frozen
class SqlCallsTogether(CallsTogether):
    scope: Scope
    one: SqlCalls = attrs.field(
        default=attrs.Factory(lambda self: SqlCalls(self.scope), takes_self=True), init=False
    )

    def named(self, provider: str, names: Collection[str]) -> Mapping[str, Call]:
        key = self._of(p_provider=provider, p_names=sorted(names))
        rows = self.scope.execute(named_calls(), key)
        return {row.provider_call: self.one.of_row(row) for row in rows}

    def heard(self, provider: str, keys: Collection[Key]) -> AbstractSet[Key]:
        asked = self._of(
            p_provider=provider,
            p_names=sorted({name for name, _ in keys}),
            p_keys=sorted({key for _, key in keys}),
        )
        found = {(row.provider_call, row.key) for row in self.scope.ask(_heard(), asked)}
        return found & set(keys)

    def keep(self, taken: TakenIn, *, now: datetime) -> None:
        one, seals = self.one, Seals(self.scope)
        rows = [
            {"id": call.id, "version": call.version, **one.new_columns(call)}
            for call in taken.calls
        ]
        store_locked(self.scope, calls, [row for row in rows if row["version"]])
        self._begin([{**row, "version": 1} for row in rows if not row["version"]])
        for call in taken.calls:
            seals.keep_key(call.id)
        for trace, events in taken.events:
            EventLog(attrs.evolve(self.scope, trace=trace)).publish(events)
        for call, fact in taken.facts:
            one.keep(call, fact, now=now)
        self.scope.send_in_bulk()

    def _begin(self, rows: Sequence[Mapping[str, Any]]) -> None:
        # In one order for everybody, so that nobody waits in a circle for who was faster.
        named = sorted(rows, key=lambda row: str(row["provider_call"]))
        if named:
            self.scope.execute(insert(calls), [self._owned(row) for row in named])

    def _owned(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {"organization_id": self.scope.organization_id, **row}

    def _of(self, **members: Any) -> Mapping[str, Any]:
        return {"p_organization_id": self.scope.organization_id, **members}


@lru_cache(maxsize=1)
def _heard() -> Executable:
    """Those with both, and perhaps others."""
    return select(call_facts.c.provider_call, call_facts.c.key).where(
        call_facts.c.organization_id == bindparam("p_organization_id"),
        call_facts.c.provider == bindparam("p_provider"),
        call_facts.c.provider_call.in_(bindparam("p_names", expanding=True)),
        call_facts.c.key.in_(bindparam("p_keys", expanding=True)),
    )


@attrs.frozen
class AskedOnce(SqlKnownNumbers):
    """Many calls ring at the same number, which does not change while they are taken in."""

    known: dict[str, Rung | None] = attrs.field(factory=dict, init=False, eq=False)

    def rung(self, number: str) -> Rung | None:
        if number not in self.known:
            self.known[number] = super().rung(number)
        return self.known[number]


@attrs.frozen(kw_only=True)
class SqlIntakeWork(SqlCallWork, IntakeWork):
    together: SqlCallsTogether

    @classmethod
    def on(cls, scope: Scope) -> "SqlIntakeWork":
        return cls(
            calls=SqlCalls(scope),
            desk_numbers=AskedOnce(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
            together=SqlCallsTogether(scope),
        )
