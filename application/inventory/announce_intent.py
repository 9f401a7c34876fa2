"""Announce that somebody means to book, to all who look at the same thing."""

from datetime import timedelta

import attrs

from application.inventory.live_ports import IntentWork
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.inventory.intents import Intent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import IntentId, ResourceId


@attrs.frozen(kw_only=True)
class AnnounceIntent:
    actor: Actor
    resource_id: ResourceId
    units: int
    good_for: timedelta


@attrs.frozen(kw_only=True)
class AnnounceIntentHandler:
    unit_of_work: UnitOfWork[IntentWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AnnounceIntent, /) -> Intent:
        """Raises ResourceNotFound or BadIntent."""
        now = self.clock()

        def announce(work: IntentWork) -> Intent:
            intent = Intent.announce(
                IntentId(self.new_id()),
                actor=command.actor,
                resource=work.resources.get(command.resource_id),
                units=command.units,
                good_for=command.good_for,
                now=now,
            )
            work.intents.add(intent)
            work.facts.publish([intent.announced(now=now)])
            return intent

        return await self.unit_of_work(command.actor, announce)
