"""Wait no longer; what was saved up goes to whoever is next."""

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.waiting import WaitingEntry
from domain.kernel.actors import Actor
from domain.kernel.identifiers import WaitingId


@attrs.frozen(kw_only=True)
class WithdrawFromWaitingList:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    waiting_id: WaitingId
    version: int | None
    once: Once[WaitingEntry] | None = None


@attrs.frozen(kw_only=True)
class WithdrawFromWaitingListHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: WithdrawFromWaitingList, /) -> WaitingEntry:
        def withdraw(work: BookingWork) -> WaitingEntry:
            entry = work.waiting.get(command.waiting_id)
            require_version(entry.version, command.version)
            withdrawn = entry.withdraw(now=self.clock())
            if not entry.saved:
                return work.waiting.save(withdrawn)
            pools = [claim.pool_id for claim in entry.saved]
            self.offers.around(work, pools, lambda: _leave(work, withdrawn))
            return work.waiting.get(entry.id)

        return await self.unit_of_work(command.actor, withdraw, once=command.once)


def _leave(work: BookingWork, withdrawn: WaitingEntry) -> None:
    work.waiting.save(withdrawn)
    work.inventory.give_back([withdrawn.hold_id])
