"""Every use case over one memory and one clock."""

from collections.abc import Callable
from random import Random
from uuid import uuid4

import attrs

from application.bookings.cancel_booking import CancelBooking, CancelBookingHandler
from application.bookings.change_contact import ChangeContact, ChangeContactHandler
from application.bookings.confirm_booking import ConfirmBooking, ConfirmBookingHandler
from application.bookings.duplicates import Duplicates
from application.bookings.expire_holds import ExpireHolds, ExpireHoldsHandler
from application.bookings.extend_hold import ExtendHold, ExtendHoldHandler
from application.bookings.freeing import Freeing
from application.bookings.hold_booking import HoldBooking, HoldBookingHandler
from application.bookings.quote_booking import QuoteBooking, QuoteBookingHandler
from application.bookings.reclaiming import Reclaiming
from application.bookings.release_booking import ReleaseBooking, ReleaseBookingHandler
from application.kernel.once import Once
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.life import BookingState
from domain.bookings.quotes import Quote
from domain.bookings.requests import BaseBookingRequest
from domain.inventory.pools import Pool
from domain.kernel.actors import Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, PoolId, QuoteId
from tests.fakes.storage import Memory, MemoryWork
from tests.fakes.time import Time
from tests.freeing import freeing
from tests.samples import (
    BERT,
    DESK,
    DOUBLE_ROOMS,
    FIRST_AID,
    HOLD_POLICY,
    NOW,
    QUOTE_GOOD_FOR,
    hotel,
    nights,
    room_terms,
)


@attrs.frozen(kw_only=True)
class Desk:
    """Somebody at work. Each method is a use case, run for `actor`."""

    actor: Actor = DESK
    memory: Memory = attrs.field(factory=Memory)
    clock: Time = attrs.field(factory=lambda: Time(NOW))
    chance: Callable[[int], int] = attrs.field(factory=lambda: Random(1).randrange)

    @property
    def freeing(self) -> Freeing:
        return freeing(self.clock)

    @classmethod
    async def open(
        cls, *, capacity: int = 1, allowance: int = 0, actor: Actor = DESK, days: int = 10
    ) -> "Desk":
        """With rooms and a session, the rooms on sale from `day(0)` on."""

        def stock(work: MemoryWork) -> None:
            work.resources.save(DOUBLE_ROOMS)
            work.resources.save(FIRST_AID)
            work.sales_terms.save(room_terms())
            work.inventory.open(nights(capacity=capacity, allowance=allowance, days=days))

        desk = cls(actor=actor)
        await desk.memory(actor, stock)
        return desk

    async def quote(
        self, request: BaseBookingRequest | None = None, once: Once[Quote] | None = None
    ) -> Quote:
        handler = QuoteBookingHandler(
            unit_of_work=self.memory, clock=self.clock, new_id=uuid4, good_for=QUOTE_GOOD_FOR
        )
        return await handler(QuoteBooking(actor=self.actor, request=request or hotel(), once=once))

    async def hold_quoted(self, quote_id: QuoteId, once: Once[Booking] | None = None) -> Booking:
        handler = HoldBookingHandler(
            duplicates=Duplicates(unit_of_work=self.memory, clock=self.clock),
            reclaiming=Reclaiming(
                unit_of_work=self.memory, clock=self.clock, freeing=self.freeing
            ),
            unit_of_work=self.memory,
            clock=self.clock,
            new_id=uuid4,
            chance=self.chance,
            reference_prefix="FD",
            policy=HOLD_POLICY,
        )
        return await handler(HoldBooking(actor=self.actor, quote_id=quote_id, once=once))

    async def hold(self, request: BaseBookingRequest | None = None) -> Booking:
        quote = await self.quote(request)
        return await self.hold_quoted(quote.id)

    async def confirmed(self, request: BaseBookingRequest | None = None) -> Booking:
        booking = await self.hold(request)
        return await self.confirm(booking.id)

    async def confirm(
        self, id: BookingId, version: int | None = None, once: Once[Booking] | None = None
    ) -> Booking:
        handler = ConfirmBookingHandler(unit_of_work=self.memory, clock=self.clock)
        return await handler(
            ConfirmBooking(actor=self.actor, booking_id=id, version=version, once=once)
        )

    async def release(
        self, id: BookingId, version: int | None = None, once: Once[Booking] | None = None
    ) -> Booking:
        handler = ReleaseBookingHandler(
            freeing=self.freeing, unit_of_work=self.memory, clock=self.clock
        )
        return await handler(
            ReleaseBooking(actor=self.actor, booking_id=id, version=version, once=once)
        )

    async def cancel(
        self, id: BookingId, version: int | None = None, once: Once[Booking] | None = None
    ) -> Booking:
        handler = CancelBookingHandler(
            freeing=self.freeing, unit_of_work=self.memory, clock=self.clock
        )
        return await handler(
            CancelBooking(actor=self.actor, booking_id=id, version=version, once=once)
        )

    async def extend(
        self, id: BookingId, version: int | None = None, once: Once[Booking] | None = None
    ) -> Booking:
        handler = ExtendHoldHandler(unit_of_work=self.memory, clock=self.clock, policy=HOLD_POLICY)
        return await handler(
            ExtendHold(actor=self.actor, booking_id=id, version=version, once=once)
        )

    async def change_contact(
        self,
        id: BookingId,
        version: int | None = None,
        once: Once[Booking] | None = None,
        *,
        contact: Contact = BERT,
    ) -> Booking:
        handler = ChangeContactHandler(unit_of_work=self.memory, clock=self.clock)
        return await handler(
            ChangeContact(
                actor=self.actor, booking_id=id, version=version, contact=contact, once=once
            )
        )

    async def expire_holds(self, limit: int = 1000) -> int:
        handler = ExpireHoldsHandler(
            unit_of_work=self.memory, clock=self.clock, freeing=self.freeing
        )
        return await handler(ExpireHolds(actor=self.actor, limit=limit))

    @property
    def pools(self) -> dict[PoolId, Pool]:
        return self.memory.rows(self.actor).pools

    @property
    def events(self) -> list[Event]:
        return self.memory.rows(self.actor).events

    def stored(self, id: BookingId) -> Booking:
        return self.memory.rows(self.actor).bookings[id]

    def taken(self, *pool_ids: PoolId) -> list[int]:
        pools = self.pools
        return [pools[pool_id].taken for pool_id in pool_ids]

    def states(self) -> list[BookingState]:
        """Of all bookings, oldest first."""
        return [booking.state for booking in self.memory.rows(self.actor).bookings.values()]
