"""Cancel an intent: whoever meant to book has thought better of it, or has booked."""

import attrs

from application.inventory.live_ports import IntentWork
from application.kernel.ports import Clock, UnitOfWork
from domain.inventory.intents import Intent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import IntentId


@attrs.frozen(kw_only=True)
class CancelIntent:
    actor: Actor
    intent_id: IntentId


@attrs.frozen(kw_only=True)
class CancelIntentHandler:
    unit_of_work: UnitOfWork[IntentWork]
    clock: Clock

    async def __call__(self, command: CancelIntent, /) -> Intent:
        """Raises IntentNotFound."""

        def cancel(work: IntentWork) -> Intent:
            intent = work.intents.remove(command.intent_id, actor=command.actor)
            work.facts.publish([intent.cancelled(now=self.clock())])
            return intent

        return await self.unit_of_work(command.actor, cancel)
