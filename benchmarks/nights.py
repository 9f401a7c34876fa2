"""Stays that overlap in every way, held and released at random, through the use cases."""

import asyncio
import random
from collections import Counter

import attrs
from sqlalchemy import Connection, text

from application.bookings.hold_booking import HoldBooking
from application.bookings.release_booking import ReleaseBooking
from application.kernel.refusals import Busy
from benchmarks.counted import sold
from benchmarks.stages import Stage
from benchmarks.tables import say
from domain.bookings.booking import Booking
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import QuoteId

CAPACITY, SEASON, LONGEST, TASKS = 20, 30, 7, 32
KEPT = 0.5  # of those held
LOOKS = 100

DEADLOCKS = text("SELECT sum(deadlocks) FROM pg_stat_database")


@attrs.frozen(kw_only=True)
class Nights:
    on: Stage
    attempts: int
    tally: Counter[str] = attrs.field(factory=Counter)
    kept: list[Booking] = attrs.field(factory=list)

    async def run(self) -> bool:
        resource = await self.on.add_nights(SEASON, capacity=CAPACITY)
        quotes = {
            await self.on.quote(resource.id, night=first, nights=nights): nights
            for nights in range(1, LONGEST + 1)
            for first in range(SEASON - nights + 1)
        }
        database, of = self.on.container.database(), self.on.actor.organization_id
        looks = []
        for _ in range(LOOKS):
            async with asyncio.TaskGroup() as group:
                for _ in range(TASKS):
                    group.create_task(
                        self._attempts(list(quotes), self.attempts // LOOKS // TASKS)
                    )
            looks.append(await sold(database, of, resource.id))
        held = sum(len(booking.agreement.claims) for booking in self.kept)
        deadlocks = await database.read(_deadlocks, of=of)
        right = all(look.is_right for look in looks) and looks[-1].taken == held and not deadlocks
        say(
            f"  {dict(self.tally)}; fullest night ever seen {max(x.fullest for x in looks)} of "
            f"{CAPACITY}; nights taken {looks[-1].taken}, claimed {looks[-1].claimed}, held "
            f"{held}; {deadlocks} deadlocks" + ("" if right else "  <-- WRONG")
        )
        return bool(right)

    async def _attempts(self, quotes: list[QuoteId], number: int) -> None:
        for _ in range(number):
            if self.kept and random.random() > KEPT:
                await self._release(self.kept.pop(random.randrange(len(self.kept))))
            await self._hold(random.choice(quotes))

    async def _hold(self, quote_id: QuoteId) -> None:
        hold = self.on.container.bookings.hold_booking()
        try:
            self.kept.append(await hold(HoldBooking(actor=self.on.actor, quote_id=quote_id)))
            self.tally["held"] += 1
        except SoldOut:
            self.tally["sold out"] += 1
        except Busy:
            self.tally["busy"] += 1

    async def _release(self, booking: Booking) -> None:
        release = self.on.container.bookings.release_booking()
        await release(
            ReleaseBooking(actor=self.on.actor, booking_id=booking.id, version=booking.version)
        )
        self.tally["released"] += 1


def _deadlocks(connection: Connection) -> int:
    if connection.dialect.name != "postgresql":
        return 0
    return int(connection.execute(DEADLOCKS).scalar_one())
