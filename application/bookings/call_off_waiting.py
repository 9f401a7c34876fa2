"""Tell those who wait for what does not take place, one batch a transaction."""

from typing import ClassVar

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class CallOffWaiting:
    actor: Actor
    stock: ResourceId
    reason: str


@attrs.frozen(kw_only=True)
class CallOffWaitingHandler:
    """Whoever has an offer is told in the transaction that ends its booking, not here."""

    BATCH: ClassVar[int] = 50

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: CallOffWaiting, /) -> int:
        """How many there were; nobody waits when it is 0."""

        def call_off(work: BookingWork) -> int:
            now = self.clock()
            entries = work.waiting.waiting_for(command.stock, limit=self.BATCH)
            pools = {claim.pool_id for entry in entries for claim in entry.saved}

            def end() -> None:
                for entry in entries:
                    work.waiting.save(entry.call_off(reason=command.reason, now=now))
                work.inventory.give_back([entry.hold_id for entry in entries if entry.saved])

            self.offers.around(work, sorted(pools), end)
            return len(entries)

        return await self.unit_of_work(command.actor, call_off)
