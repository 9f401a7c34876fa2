"""Expire intents that have lapsed, so that all who look are told."""

import attrs

from application.inventory.live_ports import IntentWork
from application.kernel.ports import Clock, UnitOfWork
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class ExpireIntents:
    actor: Actor
    limit: int


@attrs.frozen(kw_only=True)
class ExpireIntentsHandler:
    unit_of_work: UnitOfWork[IntentWork]
    clock: Clock

    async def __call__(self, command: ExpireIntents, /) -> int:
        """How many expired."""
        now = self.clock()

        def expire(work: IntentWork) -> int:
            expired = work.intents.remove_expired(now=now, limit=command.limit)
            work.facts.publish([intent.expired(now=now) for intent in expired])
            return len(expired)

        return await self.unit_of_work(command.actor, expire)
