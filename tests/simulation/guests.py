"""What people want of two small hotels, all at once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import attrs

from application.bookings.cancel_booking import CancelBooking
from application.bookings.change_booking import ChangeBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.extend_hold import ExtendHold
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.quote_change import QuoteChange
from application.bookings.release_booking import ReleaseBooking
from domain.bookings.quotes import Quote
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import BookingId, QuoteId
from domain.kernel.refusals import Refusal
from tests.simulation.clients import Client, NoAnswer, once
from tests.simulation.desks import NIGHTS, Desk
from tests.simulation.forgotten import Forgetting
from tests.simulation.hopefuls import Hopeful, standing
from tests.simulation.payers import Payer
from tests.simulation.world import World

GUESTS = 6
VISITS = 2
MINUTE = 60.0
WAITS = 0.75
FORGOTTEN = 0.4
SOON = 200.0


def shown(quote: Quote) -> str:
    """Answers say who asked, as those of the API do."""
    return f"{quote.id.hex} {quote.agreement.request.contact.email}"


@attrs.define(kw_only=True)
class Guest:
    name: str
    desk: Desk
    client: Client
    chance: Random
    world: World
    payer: Payer
    hopeful: Hopeful
    forgetting: Forgetting

    async def visit(self, number: int) -> None:
        name = f"{self.name}-{number}"
        try:
            await self._books(name)
        except (Refusal, NoAnswer) as refused:
            self.world.seen[f"refused: {type(refused).__name__}"] += 1

    async def _books(self, name: str) -> None:
        try:
            booking_id = await self._held(name)
        except SoldOut:
            self.world.seen["refused: SoldOut"] += 1
            if self.chance.random() < WAITS:
                await self._waits(f"{name}-waits")
            return
        if self.chance.random() < FORGOTTEN:
            await self._goes_on_and_is_forgotten(name, booking_id)
            return
        await self._goes_on(name, booking_id)
        if self.chance.random() < 0.5:
            await asyncio.sleep(self.chance.uniform(0, 300))
            await self._thinks_again(name, booking_id)

    async def _waits(self, name: str) -> None:
        try:
            await self.hopeful.waits(name)
        finally:
            if self.chance.random() < FORGOTTEN:
                await self.forgetting(name, within=MINUTE)

    async def _goes_on_and_is_forgotten(self, name: str, booking_id: BookingId) -> None:
        """Meanwhile or just after it: nobody who is forgotten says later who they are."""
        meanwhile = self.chance.random() < 0.4
        if not meanwhile:
            await self._goes_on(name, booking_id)
        forgetting = self.world.elsewhere(partial(self.forgetting, name, within=SOON))
        try:
            if meanwhile:
                await self._goes_on(name, booking_id)
            if self.chance.random() < 0.8:
                await self._cancels(name, booking_id)
        finally:
            await forgetting

    async def _held(self, name: str) -> BookingId:
        first = self.chance.randrange(NIGHTS)
        nights = 1 + self.chance.randrange(NIGHTS - first)
        request = self.desk.request(name, first, nights)
        quote = QuoteBooking(actor=self.desk.actor, request=request, once=once(f"q-{name}", shown))
        said = await self.client.insist(
            f"q-{name}", lambda c: c.bookings.quote_booking()(quote), shown
        )
        hold = HoldBooking(
            actor=self.desk.actor,
            quote_id=QuoteId(UUID(said.split()[0])),
            once=once(f"h-{name}", standing),
        )
        return await self._step(f"h-{name}", lambda c: c.bookings.hold_booking()(hold))

    async def _goes_on(self, name: str, booking_id: BookingId) -> None:
        await asyncio.sleep(self.chance.uniform(0, 200))
        step: dict[str, Any] = {
            "actor": self.desk.actor,
            "booking_id": booking_id,
            "version": None,
        }
        what = self.chance.random()
        if what < 0.15:
            extend = ExtendHold(**step, once=once(f"e-{name}", standing))
            await self._step(f"e-{name}", lambda c: c.bookings.extend_hold()(extend))
        if what < 0.3:
            confirm = ConfirmBooking(**step, once=once(f"c-{name}", standing))
            await self._step(f"c-{name}", lambda c: c.bookings.confirm_booking()(confirm))
        elif what < 0.4:
            release = ReleaseBooking(**step, once=once(f"r-{name}", standing))
            await self._step(f"r-{name}", lambda c: c.bookings.release_booking()(release))
        elif what < 0.9:
            await self.payer.pays(name, booking_id)

    async def _thinks_again(self, name: str, booking_id: BookingId) -> None:
        if self.chance.random() < 0.4:
            await self._moves(name, booking_id)
            return
        await self._cancels(name, booking_id)

    async def _cancels(self, name: str, booking_id: BookingId) -> None:
        cancel = CancelBooking(
            actor=self.desk.actor,
            booking_id=booking_id,
            version=None,
            once=once(f"x-{name}", standing),
        )
        await self._step(f"x-{name}", lambda c: c.bookings.cancel_booking()(cancel))

    async def _moves(self, name: str, booking_id: BookingId) -> None:
        request = self.desk.request(name, self.chance.randrange(NIGHTS), 1)
        quote = QuoteChange(
            actor=self.desk.actor,
            booking_id=booking_id,
            request=request,
            once=once(f"qm-{name}", lambda q: q.id.hex),
        )
        quote_id = await self.client.insist(
            f"qm-{name}", lambda c: c.bookings.quote_change()(quote), lambda q: q.id.hex
        )
        change = ChangeBooking(
            actor=self.desk.actor,
            booking_id=booking_id,
            version=None,
            quote_id=QuoteId(UUID(quote_id)),
            once=once(f"m-{name}", standing),
        )
        await self._step(f"m-{name}", lambda c: c.bookings.change_booking()(change))

    async def _step(self, key: str, ask: Callable[[Any], Awaitable[Any]]) -> BookingId:
        said = await self.client.insist(key, ask, standing)
        id, state = said.split()
        self.client.history.states[id] = state
        self.world.seen[f"told: {state}"] += 1
        return BookingId(UUID(id))


async def guests(world: World) -> None:
    """They come and go, at whichever host they are let in."""

    async def come(number: int) -> None:
        chance = world.chance(f"guest {number}")
        desk = world.desks[number % len(world.desks)]
        client = world.client(f"guest {number}")
        here: dict[str, Any] = {"desk": desk, "client": client, "chance": chance, "world": world}
        guest = Guest(
            name=f"g{number}",
            payer=Payer(**here),
            hopeful=Hopeful(**here),
            forgetting=Forgetting(**here),
            **here,
        )
        for visit in range(VISITS):
            # They all come on the minute: only who is there at once gets in another's way.
            await asyncio.sleep(MINUTE - world.loop.time() % MINUTE)
            await guest.visit(visit)

    await asyncio.gather(*(world.elsewhere(partial(come, n)) for n in range(GUESTS)))
