"""What there is to see of a stock: its pools and who means to book, kept up to date by events."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import attrs

from application.inventory.views import Availability
from application.kernel.subscribers import RecordedEvent
from domain.inventory.events import IntentActive, IntentCancelled, IntentExpired
from domain.inventory.intents import Intent
from domain.kernel.identifiers import IntentId, PoolId, ResourceId


@attrs.define
class Picture:
    pools: Mapping[PoolId, Availability] = attrs.field(factory=dict)
    intents: dict[IntentId, Intent] = attrs.field(factory=dict)

    def renew(self, pools: Sequence[Availability]) -> Sequence[Availability]:
        """Those that are new or different."""
        changed = [pool for pool in pools if self.pools.get(pool.pool_id) != pool]
        self.pools = {pool.pool_id: pool for pool in pools}
        return changed

    def hear(self, event: RecordedEvent) -> None:
        """Takes note of intents; hearing again of what it knows changes nothing."""
        if event.name == IntentActive.name:
            intent = _intent(event)
            self.intents[intent.id] = intent
        elif event.name in {IntentCancelled.name, IntentExpired.name}:
            self.intents.pop(IntentId(event.subject), None)

    def active(self, now: datetime) -> Sequence[Intent]:
        return [intent for intent in self.intents.values() if intent.expires_at > now]


def _intent(event: RecordedEvent) -> Intent:
    return Intent(
        id=IntentId(event.subject),
        resource_id=ResourceId(UUID(event.payload["resource_id"])),
        stock_id=ResourceId(UUID(event.payload["stock_id"])),
        actor_id=event.actor_id,
        units=event.payload["units"],
        expires_at=datetime.fromisoformat(event.payload["expires_at"]),
    )
