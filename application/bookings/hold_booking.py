"""Hold what was quoted, long enough for the customer to pay."""

import attrs

from application.bookings.expire_holds import expire
from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.taking import take
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.life import HoldTerms
from domain.bookings.references import Reference
from domain.inventory.pools import SoldOut
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, PoolId, QuoteId


@attrs.frozen(kw_only=True)
class HoldBooking:
    actor: Actor
    quote_id: QuoteId
    once: Once[Booking] | None = None


@attrs.frozen(kw_only=True)
class HoldBookingHandler:
    RECLAIMED_AT_ONCE = 100

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    reference_prefix: str
    terms: HoldTerms
    freeing: Freeing

    async def __call__(self, command: HoldBooking, /) -> Booking:
        """Raises SoldOut only when not even expired holds could make room."""
        try:
            return await self._hold(command)
        except SoldOut as sold_out:
            overdue = self._with_overdue_holds(sold_out)
            if not overdue:
                raise
        await self._reclaim(command.actor, overdue)
        return await self._hold(command)

    def _with_overdue_holds(self, sold_out: SoldOut) -> tuple[PoolId, ...]:
        now = self.clock()
        return tuple(
            short.pool_id
            for short in sold_out.shortages
            if short.next_release_at is not None and short.next_release_at <= now
        )

    async def _hold(self, command: HoldBooking) -> Booking:
        def hold(work: BookingWork) -> Booking:
            now = self.clock()
            agreement = work.quotes.get(command.quote_id).accepted(now=now)
            booking = Booking.hold(
                BookingId(self.new_id()),
                agreement,
                reference=Reference.draw(self.reference_prefix, self.chance),
                terms=self.terms,
                now=now,
            )
            take(work, booking)
            return work.bookings.save(booking)

        return await self.unit_of_work(command.actor, hold, once=command.once)

    async def _reclaim(self, actor: Actor, pools: tuple[PoolId, ...]) -> None:
        # A transaction of its own: what it gives back may lie below the pools that the hold has
        # locked already, and pools are only ever locked upwards.
        def reclaim(work: BookingWork) -> None:
            now = self.clock()
            overdue = work.bookings.overdue(now=now, limit=self.RECLAIMED_AT_ONCE, pools=pools)
            expire(work, overdue, freeing=self.freeing, now=now)

        await self.unit_of_work(actor, reclaim)
