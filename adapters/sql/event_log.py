"""Events are written in the same transaction as the change that caused them."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Row

from adapters.schema.events import event_log
from adapters.sql.documents import new_converter
from adapters.sql.scope import Scope
from application.kernel.facts import Facts
from application.kernel.subscribers import RecordedEvent
from application.kernel.tracing import Trace
from domain.kernel.events import Event, SecurityEvent

_converter = new_converter()


@attrs.frozen
class EventLog(Facts):
    scope: Scope

    def publish(self, events: Sequence[Event]) -> None:
        for event in events:
            payload = _converter.unstructure(event)
            del payload["occurred_at"]  # it has a column
            self.scope.add(
                event_log,
                id=self.scope.new_id(),
                name=event.name,
                subject=event.subject,
                payload=payload,
                actor_id=self.scope.actor.id,
                occurred_at=event.occurred_at,
                trace=self.scope.traceparent,
                call_id=self.scope.actor.call_id,
                **self._audited(event),
            )

    def _audited(self, event: Event) -> dict[str, Any]:
        # Rows that are written together all have the same columns.
        if not isinstance(event, SecurityEvent):
            return {"audited": None, "origin": None}
        return {"audited": True, "origin": self.scope.actor.origin}


def recorded(row: Row[Any]) -> RecordedEvent:
    """A numbered row of the event log."""
    return RecordedEvent(
        organization_id=row.organization_id,
        position=row.position,
        id=row.id,
        name=row.name,
        subject=row.subject,
        payload=row.payload,
        occurred_at=row.occurred_at,
        actor_id=row.actor_id,
        trace=Trace.kept(row.trace),
        call_id=row.call_id,
    )
