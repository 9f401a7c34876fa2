"""However units come and go: nobody waits for what is free, and nobody is passed for ever."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

import attrs
import pytest

from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.join_waiting_list import JoinWaitingList
from application.bookings.lapse_waiting import LapseWaiting
from application.bookings.quote_booking import QuoteBooking
from application.bookings.release_booking import ReleaseBooking
from application.bookings.withdraw_from_waiting_list import WithdrawFromWaitingList
from application.kernel.refusals import Busy
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.life import BookingState, HoldExpired, HoldPurpose, NotConfirmed, NotHeld
from domain.bookings.quotes import QuoteExpired
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.waiting import (
    AlreadyWaiting,
    NoLongerWaiting,
    NotSoldOut,
    WaitingEntry,
    WaitingRules,
    WaitingState,
)
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import BookingId, WaitingId
from tests.contract.crowds import UseCases, race, use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.fakes.time import Time
from tests.samples import DESK, HOUR, NOW, SECOND, hotel

# A longer look, by hand: FRONTDESK_TEST_STEPS=1000.
STEPS = int(os.environ.get("FRONTDESK_TEST_STEPS", "400"))

pytestmark = pytest.mark.anyio

NIGHTS, ROOMS = 3, 3
OFFERS = 3
RULES = WaitingRules(offered_for=2 * HOUR, passes=2, saved_for=6 * HOUR)
USUAL = (
    SoldOut,
    NotSoldOut,
    AlreadyWaiting,
    NoLongerWaiting,
    NotHeld,
    HoldExpired,
    NotConfirmed,
    QuoteExpired,
    Busy,
)


@attrs.define(kw_only=True)
class House:
    """A small hotel that is always full, and everybody who wants to stay in it."""

    storage: Storage
    random: Random
    clock: Time = attrs.field(factory=lambda: Time(NOW))
    bookings: list[BookingId] = attrs.field(factory=list)
    entries: list[WaitingId] = attrs.field(factory=list)

    @property
    def desk(self) -> UseCases:
        return use_cases(self.storage.work, self.clock, RULES)

    def request(self) -> BaseBookingRequest:
        number = self.random.randrange(40)
        first = self.random.randrange(NIGHTS)
        until = self.random.randint(first + 1, NIGHTS)
        stay = hotel(first, until, rooms=self.random.choice((1, 1, 1, 2, 3)))
        contact = Contact(name=f"Guest {number:03}", email=f"guest{number}@example.com")
        return attrs.evolve(stay, contact=contact)

    async def hold(self) -> None:
        quote = await self.desk.quote(QuoteBooking(actor=DESK, request=self.request()))
        held = await self.desk.hold(HoldBooking(actor=DESK, quote_id=quote.id))
        self.bookings.append(held.id)
        if self.random.random() < 0.5:
            await self.confirm()

    async def join(self) -> None:
        joined = await self.desk.join(JoinWaitingList(actor=DESK, request=self.request()))
        self.entries.append(joined.id)

    async def confirm(self) -> None:
        command = ConfirmBooking(actor=DESK, booking_id=self.some_booking(), version=None)
        await self.desk.confirm(command)

    async def release(self) -> None:
        command = ReleaseBooking(actor=DESK, booking_id=self.some_booking(), version=None)
        await self.desk.release(command)

    async def cancel(self) -> None:
        command = CancelBooking(actor=DESK, booking_id=self.some_booking(), version=None)
        await self.desk.cancel(command)

    async def withdraw(self) -> None:
        entry = self.random.choice(self.entries[-20:])
        command = WithdrawFromWaitingList(actor=DESK, waiting_id=entry, version=None)
        await self.desk.withdraw(command)

    async def expire(self) -> None:
        self.clock.passes(timedelta(minutes=self.random.choice((1, 5, 20, 130))))
        await self.desk.expire(ExpireHolds(actor=DESK))
        await self.desk.lapse(LapseWaiting(actor=DESK))

    def some_booking(self) -> BookingId:
        return self.random.choice(self.bookings)

    def step(self) -> Callable[[], Awaitable[None]]:
        steps = (self.hold, self.join, self.confirm, self.release, self.cancel, self.expire)
        weights = (9, 8, 2, 2, 2, 1)
        if not self.bookings:
            return self.hold
        if self.entries and self.random.random() < 0.05:
            return self.withdraw
        return self.random.choices(steps, weights)[0]

    async def take(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except USUAL:
            return
        finally:
            self.clock.passes(SECOND)

    async def learn(self) -> None:
        """Offers are bookings like any other from now on; whatever has ended is forgotten."""
        offers = [e.booking_id for e in await self.all_entries() if e.booking_id is not None]
        known = list(dict.fromkeys([*self.bookings, *offers]))

        def still_there(work: Work) -> list[BookingId]:
            return [one.id for one in work.bookings.several(known) if one.state.takes_units]

        self.bookings = await self.storage.work(DESK, still_there)

    async def all_entries(self) -> list[WaitingEntry]:
        def get(work: Work) -> list[WaitingEntry]:
            return [work.waiting.get(id) for id in self.entries]

        return await self.storage.work(DESK, get)

    async def check(self) -> None:
        """Nobody waits for what is free, and nobody has been passed over too often."""
        units, pools = await taken(self.storage), await self.storage.pools()
        entries = await self.all_entries()
        claimed = sum(units.values())
        for entry in entries:
            if entry.state is WaitingState.WAITING and entry.closes_at > self.clock.now:
                short = [p for p, n in entry.missing.items() if n > pools[p].free]
                assert short, f"{entry.id} waits for what is free"
                over = entry.saving_until is not None and entry.saving_until <= self.clock.now
                assert over or entry.passed <= RULES.passes
            else:
                assert entry.saved == ()
        saved = sum(claim.units for entry in entries for claim in entry.saved)
        assert claimed == saved + await self.booked(entries)

    async def booked(self, entries: list[WaitingEntry]) -> int:
        """Units of all bookings that take some; offers are as their entries say."""
        ids = dict.fromkeys([*self.bookings, *(e.booking_id for e in entries if e.booking_id)])

        def several(work: Work) -> list[Booking]:
            return [*work.bookings.several(list(ids))]

        bookings = {one.id: one for one in await self.storage.work(DESK, several)}
        for entry in entries:
            if entry.booking_id is not None:
                offer = bookings[entry.booking_id]
                is_open = offer.state is BookingState.HELD
                assert is_open == (entry.state is WaitingState.OFFERED)
                assert offer.purpose is HoldPurpose.OFFER
        return sum(
            claim.units
            for booking in bookings.values()
            if booking.state.takes_units
            for claim in booking.agreement.claims
        )


async def test_hundreds_of_steps_in_any_order(storage: Storage) -> None:
    await put_on_sale(storage, capacity=ROOMS, days=NIGHTS)
    house = House(storage=storage, random=Random(2))
    await house.hold()
    for number in range(STEPS):
        await house.take(house.step())
        if number % 25 == 0:
            await house.learn()
            await house.check()
    await house.check()

    events = await storage.events()
    assert events.count("waiting_offered") > 10
    assert "units_saved_up" in events


async def test_at_the_same_time(crowded: Storage) -> None:
    await put_on_sale(crowded, capacity=ROOMS, days=NIGHTS)
    house = House(storage=crowded, random=Random(2))
    await house.hold()
    for _ in range(12):
        await at_once(house)
    for _ in range(100):  # how often units are freed while somebody waits is up to the engine
        if (await crowded.events()).count("waiting_offered") > OFFERS:
            return
        await at_once(house)
    pytest.fail("hardly anybody was offered anything")


async def at_once(house: House) -> None:
    outcomes = await race([house.take(house.step()) for _ in range(12)])
    assert outcomes == [None] * 12
    await house.learn()
    await house.check()
