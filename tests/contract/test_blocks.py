"""Units set aside: drawn by bookings, released early or in time, sold to nobody twice."""

from collections import Counter
from datetime import datetime
from uuid import UUID, uuid4

import attrs
import pytest

from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from application.bookings.join_waiting_list import JoinWaitingList
from application.bookings.open_block import OpenBlock, OpenBlockHandler
from application.bookings.quote_booking import QuoteBooking
from application.bookings.reclaiming import Reclaiming
from application.bookings.release_block import ReleaseBlock, ReleaseBlockHandler
from application.bookings.release_due_blocks import ReleaseDueBlocks, ReleaseDueBlocksHandler
from application.kernel.retry_stale import RetryStale
from domain.bookings.blocks import (
    Block,
    BlockNotFound,
    BlockNotOpen,
    BlockState,
    ReleasedAtOnce,
)
from domain.bookings.booking import Booking
from domain.bookings.hotel import HotelBookingRequest
from domain.bookings.waiting import WaitingEntry, WaitingState
from domain.inventory.pools import BlockUsedUp, SoldOut
from domain.inventory.resources import NotForSale, ResourceState
from domain.kernel.claims import Claim
from domain.kernel.identifiers import BlockId, HoldId
from domain.kernel.periods import DateRange
from tests.contract.crowds import UseCases, race, until_decided, use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.fakes.time import Time
from tests.freeing import freeing
from tests.samples import ADA, BERT, DAY, DESK, DOUBLE_ROOMS, NOW, claims, day, hotel, night

pytestmark = pytest.mark.anyio

RELEASE_AT = NOW + DAY


@attrs.frozen(kw_only=True)
class House:
    storage: Storage
    clock: Time = attrs.field(factory=lambda: Time(NOW))

    @property
    def desk(self) -> UseCases:
        return use_cases(self.storage.work, self.clock)

    async def open(
        self, *, units: int, first: int = 1, until: int = 2, release_at: datetime = RELEASE_AT
    ) -> Block:
        work, frees = self.storage.work, freeing(self.clock)
        handler = OpenBlockHandler(
            unit_of_work=work,
            clock=self.clock,
            new_id=uuid4,
            reclaiming=Reclaiming(unit_of_work=work, clock=self.clock, freeing=frees),
        )
        return await RetryStale(handler)(
            OpenBlock(
                actor=DESK,
                resource_id=DOUBLE_ROOMS.id,
                dates=DateRange(first=day(first), until=day(until)),
                units=units,
                contact=BERT,
                release_at=release_at,
            )
        )

    async def draw(self, block: Block, request: HotelBookingRequest) -> Booking:
        quote = await self.desk.quote(QuoteBooking(actor=DESK, request=request))
        hold = HoldBooking(actor=DESK, quote_id=quote.id, block_id=block.id)
        return await self.desk.hold(hold)

    async def release(self, block: Block, units: int | None = None) -> Block:
        offers = freeing(self.clock).offers
        handler = ReleaseBlockHandler(
            unit_of_work=self.storage.work, clock=self.clock, offers=offers
        )
        command = ReleaseBlock(actor=DESK, block_id=block.id, units=units, version=None)
        return await RetryStale(handler)(command)

    async def release_due(self) -> int:
        offers = freeing(self.clock).offers
        handler = ReleaseDueBlocksHandler(
            unit_of_work=self.storage.work, clock=self.clock, offers=offers
        )
        return await RetryStale(handler)(ReleaseDueBlocks(actor=DESK))

    async def wait(self, request: HotelBookingRequest) -> WaitingEntry:
        return await self.desk.join(JoinWaitingList(actor=DESK, request=request))

    async def state(self, entry: WaitingEntry) -> WaitingState:
        found = await self.storage.work(DESK, lambda work: work.waiting.get(entry.id))
        return found.state

    async def block(self, block: Block) -> Block:
        return await self.storage.work(DESK, lambda work: work.blocks.locked(block.id))


@pytest.fixture
async def house(storage: Storage) -> House:
    await put_on_sale(storage, capacity=5)
    return House(storage=storage)


async def test_what_is_set_aside_is_taken_all_or_nothing(house: House) -> None:
    await house.open(units=4, first=1, until=3)

    with pytest.raises(SoldOut):
        await house.open(units=2, first=2, until=4)
    with pytest.raises(ReleasedAtOnce):
        await house.open(units=1, release_at=NOW)
    assert await taken(house.storage) == {night(1): 4, night(2): 4}
    assert await house.storage.events() == ["block_opened"]


async def test_bookings_are_drawn_until_it_is_used_up(house: House) -> None:
    block = await house.open(units=3, first=1, until=3)
    booking = await house.draw(block, hotel(1, 2, rooms=2))
    with pytest.raises(BlockUsedUp) as refused:
        await house.draw(block, hotel(1, 3, rooms=2))
    halfway = await house.block(block)
    await house.draw(block, hotel(1, 3))
    await house.draw(block, hotel(2, 3, rooms=2))
    with pytest.raises(BlockUsedUp):
        await house.draw(block, hotel(1, 2))

    assert refused.value.pool_ids == (night(1),)
    assert halfway.left == (Claim(night(1), 1), Claim(night(2), 3))
    used_up = await house.block(block)
    assert (used_up.state, used_up.left, used_up.version) == (BlockState.USED_UP, (), 4)
    assert await taken(house.storage) == {night(1): 3, night(2): 3}
    await house.storage.work(DESK, lambda work: work.inventory.give_back([booking.hold_id]))
    assert await taken(house.storage) == {night(1): 1, night(2): 3}


async def test_nights_outside_of_the_block_are_not_drawn(house: House) -> None:
    block = await house.open(units=3, first=1, until=2)

    with pytest.raises(BlockUsedUp):
        await house.draw(block, hotel(1, 3))
    assert await taken(house.storage) == {night(1): 3}


async def test_a_block_nobody_opened_is_not_found(house: House) -> None:
    block = attrs.evolve(await house.open(units=1), id=BlockId(UUID(int=404)))

    with pytest.raises(BlockNotFound):
        await house.draw(block, hotel(1, 2))
    with pytest.raises(BlockNotFound):
        await house.release(block)


async def test_nothing_is_drawn_of_what_does_not_take_place(house: House) -> None:
    block = await house.open(units=1)
    quote = await house.desk.quote(QuoteBooking(actor=DESK, request=hotel(1, 2)))

    def cancel(work: Work) -> None:
        rooms = work.resources.get(DOUBLE_ROOMS.id)
        work.resources.save(attrs.evolve(rooms, state=ResourceState.CANCELLED))

    await house.storage.work(DESK, cancel)
    with pytest.raises(NotForSale):
        await house.desk.hold(HoldBooking(actor=DESK, quote_id=quote.id, block_id=block.id))


async def test_a_cancelled_booking_gives_its_units_to_everybody(house: House) -> None:
    block = await house.open(units=2)
    booking = await house.draw(block, hotel(1, 2))
    await house.desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=None))
    await house.desk.cancel(CancelBooking(actor=DESK, booking_id=booking.id, version=None))

    assert (await house.block(block)).left == (Claim(night(1), 1),)
    assert await taken(house.storage) == {night(1): 1}


async def test_some_or_all_are_released_early_and_offered_first(house: House) -> None:
    block = await house.open(units=5)
    entry = await house.wait(hotel(1, 2, rooms=2))

    some = await house.release(block, units=2)
    assert (some.state, some.left) == (BlockState.OPEN, (Claim(night(1), 3),))
    assert await house.state(entry) is WaitingState.OFFERED
    assert await taken(house.storage) == {night(1): 5}

    rest = await house.release(block)
    assert (rest.state, rest.left) == (BlockState.RELEASED, ())
    assert await taken(house.storage) == {night(1): 2}
    with pytest.raises(BlockNotOpen):
        await house.release(block)
    with pytest.raises(BlockUsedUp):
        await house.draw(block, hotel(1, 2))


async def test_at_the_release_date_everybody_may_have_the_rest(house: House) -> None:
    block = await house.open(units=5)
    later = await house.open(units=1, first=4, until=5, release_at=RELEASE_AT + DAY)
    await house.draw(block, hotel(1, 2))
    waits = attrs.evolve(hotel(1, 2, rooms=4), contact=ADA)
    entry = await house.wait(waits)
    assert await house.release_due() == 0
    house.clock.passes(DAY)

    assert await house.release_due() == 1
    assert await house.release_due() == 0

    assert (await house.block(block)).state is BlockState.RELEASED
    assert (await house.block(later)).state is BlockState.OPEN
    assert await house.state(entry) is WaitingState.OFFERED
    assert await taken(house.storage) == {night(1): 5, night(4): 1}


@pytest.mark.usefixtures("crowded")
async def test_sixteen_draw_at_once_from_a_block_of_five(house: House) -> None:
    block = await house.open(units=5)
    quote = await house.desk.quote(QuoteBooking(actor=DESK, request=hotel(1, 2)))
    hold = HoldBooking(actor=DESK, quote_id=quote.id, block_id=block.id)

    outcomes = await race([house.desk.hold(hold) for _ in range(16)])

    assert Counter(map(type, outcomes)) == {Booking: 5, BlockUsedUp: 11}
    assert (await house.block(block)).state is BlockState.USED_UP
    assert await taken(house.storage) == {night(1): 5}


@pytest.mark.usefixtures("crowded")
async def test_sixteen_transfers_at_once_move_no_more_than_there_is(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    block = HoldId(UUID(int=900))
    await storage.work(DESK, lambda work: work.inventory.take(block, claims(1, 2, units=5)))

    async def draw(number: int) -> None:
        hold = HoldId(UUID(int=number))
        await until_decided(
            lambda: storage.work(
                DESK, lambda work: work.inventory.transfer(block, hold, claims(1, 2))
            )
        )

    outcomes = await race([draw(number) for number in range(1, 17)])

    assert Counter(map(type, outcomes)) == {type(None): 5, BlockUsedUp: 11}
    assert await taken(storage) == {night(1): 5, night(2): 5}
    await storage.work(DESK, lambda work: work.inventory.give_back([block]))
    assert await taken(storage) == {night(1): 5, night(2): 5}
