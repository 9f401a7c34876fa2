"""Intents in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, delete, select

from adapters.mapping.intents import intent_of
from adapters.repositories.resources import SqlResources
from adapters.schema.realtime import intents
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.inventory.live_ports import Intents, IntentWork
from domain.inventory.intents import Intent, IntentNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import IntentId


@attrs.frozen
class SqlIntents(Intents):
    scope: Scope

    def add(self, intent: Intent) -> None:
        self.scope.add(
            intents,
            id=intent.id,
            resource_id=intent.resource_id,
            stock_id=intent.stock_id,
            actor_id=intent.actor_id,
            units=intent.units,
            expires_at=intent.expires_at,
        )

    def remove(self, intent_id: IntentId, *, actor: Actor) -> Intent:
        removed = self._remove(intents.c.id == intent_id, intents.c.actor_id == actor.id)
        if not removed:
            raise IntentNotFound(intent_id)
        return removed[0]

    def remove_expired(self, *, now: datetime, limit: int) -> Sequence[Intent]:
        expired = (
            select(intents.c.id)
            .where(self.scope.owns(intents), intents.c.expires_at <= now)
            .order_by(intents.c.expires_at, intents.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        removed = self._remove(intents.c.id.in_(expired))
        return sorted(removed, key=lambda intent: (intent.expires_at, intent.id))

    def _remove(self, *which: ColumnElement[Any]) -> Sequence[Intent]:
        statement = delete(intents).where(self.scope.owns(intents), *which).returning(intents)
        return [intent_of(row) for row in self.scope.execute(statement)]


@attrs.frozen
class SqlIntentWork(IntentWork):
    intents: SqlIntents
    resources: SqlResources
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlIntentWork":
        return cls(SqlIntents(scope), SqlResources(scope), EventLog(scope))
