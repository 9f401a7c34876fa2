"""Whoever finds a pool full ends the expired holds on it first: nobody waits for the sweeper."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import attrs

from application.bookings.expire_holds import expire
from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.inventory.pools import AlreadyTaken, SoldOut
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PoolId

Result = TypeVar("Result")


@attrs.frozen(kw_only=True)
class Reclaiming:
    AT_ONCE = 100

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, actor: Actor, attempt: Callable[[], Awaitable[Result]], /) -> Result:
        """Raises SoldOut or AlreadyTaken only when not even expired holds could make room."""
        try:
            return await attempt()
        except SoldOut as sold_out:
            overdue = self._with_overdue_holds(sold_out)
            if not overdue:
                raise
            await self._reclaim(actor, overdue)
        except AlreadyTaken:
            # Which hold has it, nobody has said: it is one of those past their time, or none.
            if not await self._reclaim(actor, None):
                raise
        return await attempt()

    def _with_overdue_holds(self, sold_out: SoldOut) -> tuple[PoolId, ...]:
        now = self.clock()
        return tuple(
            short.pool_id
            for short in sold_out.shortages
            if short.next_release_at is not None and short.next_release_at <= now
        )

    async def _reclaim(self, actor: Actor, pools: tuple[PoolId, ...] | None) -> int:
        # A transaction of its own: what it gives back may lie below the pools that the attempt
        # has locked already, and pools are only ever locked upwards.
        def reclaim(work: BookingWork) -> int:
            now = self.clock()
            overdue = work.bookings.overdue(now=now, limit=self.AT_ONCE, pools=pools)
            expire(work, overdue, freeing=self.freeing, now=now)
            return len(overdue)

        return await self.unit_of_work(actor, reclaim)
