"""Whoever finds nothing left ends the expired holds in the way first: nobody waits for a sweep."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, TypeVar

import attrs

from application.bookings.expire_holds import expire
from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.booking import Booking
from domain.inventory.pools import AlreadyTaken, SoldOut
from domain.inventory.units import NoUnitFree
from domain.kernel.actors import Actor
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import PoolId
from domain.kernel.periods import Period

Result = TypeVar("Result")
Overdue = Callable[[BookingWork], Sequence[Booking]]


@attrs.frozen(kw_only=True)
class Reclaiming:
    AT_ONCE: ClassVar[int] = 100
    # What is wanted together may lack units, then names, then single things, each in its turn.
    ROUNDS: ClassVar[int] = 3

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, actor: Actor, attempt: Callable[[], Awaitable[Result]], /) -> Result:
        """Raises SoldOut, AlreadyTaken or NoUnitFree only when not even expired holds could make
        room.
        """
        for _ in range(self.ROUNDS):
            try:
                return await attempt()
            except SoldOut as sold_out:
                short = self._with_overdue_holds(sold_out)
                if not short:
                    raise
                overdue = self._overdue_on(short)
            except AlreadyTaken:
                # Which hold has it, nobody has said: it is one of those past their time, or none.
                overdue = self._overdue_anywhere
            except NoUnitFree as refused:
                overdue = self._overdue_with_units(refused)
            if not await self._reclaim(actor, overdue):
                break  # Perhaps because somebody else has just done so: then there is room now.
        return await attempt()

    def _with_overdue_holds(self, sold_out: SoldOut) -> tuple[PoolId, ...]:
        now = self.clock()
        return tuple(
            short.pool_id
            for short in sold_out.shortages
            if short.next_release_at is not None and short.next_release_at <= now
        )

    def _overdue_on(self, pools: Sequence[PoolId]) -> Overdue:
        return lambda work: work.bookings.overdue(
            now=self.clock(), limit=self.AT_ONCE, pools=pools
        )

    def _overdue_anywhere(self, work: BookingWork) -> Sequence[Booking]:
        return work.bookings.overdue(now=self.clock(), limit=self.AT_ONCE)

    def _overdue_with_units(self, refused: NoUnitFree) -> Overdue:
        period = Period(refused.starts_at, refused.ends_at)
        interval = IntervalClaim(resource_id=refused.resource_id, period=period)
        return lambda work: work.bookings.overdue(
            now=self.clock(), limit=self.AT_ONCE, interval=interval
        )

    async def _reclaim(self, actor: Actor, overdue: Overdue) -> int:
        # A transaction of its own: what it gives back may lie below the pools that the attempt
        # has locked already, and pools are only ever locked upwards.
        def reclaim(work: BookingWork) -> int:
            ended = overdue(work)
            expire(work, ended, freeing=self.freeing, now=self.clock())
            return len(ended)

        return await self.unit_of_work(actor, reclaim)
