"""Intents: somebody means to book, and others who look at the same thing should know.

An intent takes nothing and promises nothing; it lapses by itself.
"""

from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.inventory.events import IntentActive, IntentCancelled, IntentExpired
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, IntentId, ResourceId
from domain.kernel.refusals import Invalid, NotFound

LONGEST = timedelta(minutes=10)
MOST_UNITS = 1000


@attrs.frozen
class IntentNotFound(NotFound):
    code: ClassVar[str] = "intent_not_found"
    intent_id: IntentId

    def __str__(self) -> str:
        return f"no intent {self.intent_id}: it may have lapsed"


@attrs.frozen
class BadIntent(Invalid):
    """Out of all proportion: so many units, or for so long, nobody hesitates."""

    code: ClassVar[str] = "bad_intent"
    units: int
    seconds: int

    def __str__(self) -> str:
        most = LONGEST // timedelta(seconds=1)
        return f"an intent is for 1 to {MOST_UNITS} units and 1 to {most} seconds"


@attrs.frozen(kw_only=True)
class Intent:
    """`stock_id` is whose pools the units would be taken from."""

    id: IntentId
    resource_id: ResourceId
    stock_id: ResourceId
    actor_id: ActorId
    units: int
    expires_at: datetime

    @classmethod
    def announce(
        cls,
        id: IntentId,
        *,
        actor: Actor,
        resource: Resource,
        units: int,
        good_for: timedelta,
        now: datetime,
    ) -> "Intent":
        """Raises BadIntent."""
        if not (1 <= units <= MOST_UNITS and timedelta() < good_for <= LONGEST):
            raise BadIntent(units, good_for // timedelta(seconds=1))
        return cls(
            id=id,
            resource_id=resource.id,
            stock_id=resource.stock,
            actor_id=actor.id,
            units=units,
            expires_at=now + good_for,
        )

    def announced(self, *, now: datetime) -> Event:
        return IntentActive(
            intent_id=self.id,
            resource_id=self.resource_id,
            stock_id=self.stock_id,
            units=self.units,
            expires_at=self.expires_at,
            occurred_at=now,
        )

    def cancelled(self, *, now: datetime) -> Event:
        return self._over(IntentCancelled, now)

    def expired(self, *, now: datetime) -> Event:
        return self._over(IntentExpired, now)

    def _over(self, event: type[IntentCancelled | IntentExpired], now: datetime) -> Event:
        return event(
            intent_id=self.id,
            resource_id=self.resource_id,
            stock_id=self.stock_id,
            occurred_at=now,
        )
