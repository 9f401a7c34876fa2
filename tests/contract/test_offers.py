"""What comes free is offered to whoever waits for it, in the same transaction."""

from uuid import UUID

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
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.waiting import (
    AlreadyWaiting,
    NoLongerWaiting,
    NotSoldOut,
    Rule,
    WaitingEntry,
    WaitingEntryNotFound,
    WaitingState,
)
from domain.kernel.identifiers import BookingId, WaitingId
from tests.contract.crowds import UseCases, use_cases
from tests.contract.storages import Storage, put_on_sale, taken
from tests.fakes.time import Time
from tests.freeing import WAITING_RULES
from tests.samples import DAY, DESK, NOW, QUARTER, SECOND, hotel, night

pytestmark = pytest.mark.anyio


def guest(number: int) -> Contact:
    return Contact(name=f"Guest {number:03}", email=f"guest{number}@example.com")


def stay(number: int, *, first: int = 1, until: int = 2, rooms: int = 1) -> BaseBookingRequest:
    return attrs.evolve(hotel(first, until, rooms=rooms), contact=guest(number))


@attrs.frozen(kw_only=True)
class Hotel:
    """Rooms on a few nights, and everything that is done with them."""

    storage: Storage
    clock: Time = attrs.field(factory=lambda: Time(NOW))

    @property
    def desk(self) -> UseCases:
        return use_cases(self.storage.work, self.clock)

    async def hold(self, request: BaseBookingRequest) -> Booking:
        quote = await self.desk.quote(QuoteBooking(actor=DESK, request=request))
        return await self.desk.hold(HoldBooking(actor=DESK, quote_id=quote.id))

    async def join(self, request: BaseBookingRequest) -> WaitingEntry:
        self.clock.passes(SECOND)
        return await self.desk.join(JoinWaitingList(actor=DESK, request=request))

    async def release(self, booking_id: BookingId) -> None:
        await self.desk.release(ReleaseBooking(actor=DESK, booking_id=booking_id, version=None))

    async def confirm(self, booking_id: BookingId) -> None:
        await self.desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking_id, version=None))

    async def withdraw(self, entry: WaitingEntry) -> WaitingEntry:
        return await self.desk.withdraw(
            WithdrawFromWaitingList(actor=DESK, waiting_id=entry.id, version=None)
        )

    async def entry(self, entry: WaitingEntry) -> WaitingEntry:
        return await self.storage.work(DESK, lambda work: work.waiting.get(entry.id))

    async def booking(self, booking_id: BookingId) -> Booking:
        return await self.storage.work(DESK, lambda work: work.bookings.get(booking_id))

    async def offer(self, entry: WaitingEntry) -> Booking:
        offered = await self.entry(entry)
        assert offered.state is WaitingState.OFFERED
        assert offered.booking_id is not None
        return await self.booking(offered.booking_id)


@pytest.fixture
async def house(storage: Storage) -> Hotel:
    await put_on_sale(storage, capacity=2, days=5)
    return Hotel(storage=storage)


async def test_a_released_room_is_offered_to_whoever_waits(house: Hotel) -> None:
    one, _two = await house.hold(stay(1)), await house.hold(stay(2))
    entry = await house.join(stay(3))

    await house.release(one.id)

    offer = await house.offer(entry)
    assert (offer.state, offer.purpose) == (BookingState.HELD, HoldPurpose.OFFER)
    assert offer.expires_at == house.clock.now + WAITING_RULES.offered_for
    assert offer.agreement.request == entry.request
    assert await taken(house.storage) == {night(1): 2}
    assert (await house.storage.events())[-3:] == [
        "booking_released",
        "booking_held",
        "waiting_offered",
    ]


async def test_whoever_could_have_it_does_not_wait(house: Hotel) -> None:
    await house.hold(stay(1))

    with pytest.raises(NotSoldOut):
        await house.join(stay(2))
    entry = await house.join(stay(2, rooms=2))
    with pytest.raises(AlreadyWaiting) as refused:
        await house.join(stay(2, rooms=2))

    assert refused.value.waiting_id == entry.id


async def test_accepting_declining_and_letting_pass(house: Hotel) -> None:
    one, two = await house.hold(stay(1)), await house.hold(stay(2))
    await house.confirm(two.id)
    entries = [await house.join(stay(number)) for number in (3, 4, 5, 6)]
    await house.release(one.id)
    await house.release((await house.offer(entries[0])).id)
    house.clock.passes(WAITING_RULES.offered_for)
    assert await house.desk.expire(ExpireHolds(actor=DESK)) == 1

    accepted = await house.offer(entries[2])
    await house.confirm(accepted.id)
    await house.desk.cancel(CancelBooking(actor=DESK, booking_id=accepted.id, version=None))

    states = [(await house.entry(entry)).state for entry in entries]
    assert states == [
        WaitingState.WITHDRAWN,
        WaitingState.EXPIRED,
        WaitingState.BOOKED,
        WaitingState.OFFERED,
    ]
    assert await taken(house.storage) == {night(1): 2}


async def test_a_stay_of_several_nights_waits_for_all_of_them(house: Hotel) -> None:
    low, high = await house.hold(stay(1, rooms=2)), await house.hold(stay(2, first=3, until=4))
    await house.hold(stay(3, first=3, until=4))
    entry = await house.join(stay(4, first=1, until=4))

    await house.release(high.id)
    assert (await house.entry(entry)).state is WaitingState.WAITING
    await house.release(low.id)

    await house.offer(entry)
    assert await taken(house.storage) == {night(1): 1, night(2): 1, night(3): 2}


async def test_units_are_saved_up_for_a_large_party(house: Hotel) -> None:
    holds = [await house.hold(stay(number)) for number in (1, 2)]
    large = await house.join(stay(3, rooms=2))
    small = [await house.join(stay(number)) for number in (4, 5, 6)]
    await house.release(holds[0].id)  # offered to the first small party
    await house.release((await house.offer(small[0])).id)  # and then to the second
    await house.release((await house.offer(small[1])).id)  # and from then on saved up

    saving = await house.entry(large)
    assert (saving.passed, [claim.units for claim in saving.saved]) == (2, [1])
    assert (await house.entry(small[2])).state is WaitingState.WAITING
    assert await taken(house.storage) == {night(1): 2}
    await house.release(holds[1].id)

    await house.offer(large)
    reason = (await house.entry(large)).reason
    assert reason is not None
    assert reason.rule is Rule.SAVED_UP
    assert await taken(house.storage) == {night(1): 2}


@pytest.fixture
async def saving(house: Hotel) -> tuple[Hotel, WaitingEntry, WaitingEntry]:
    """A large party for which one of two rooms is saved up, and a small one behind it."""
    holds = [await house.hold(stay(number)) for number in (1, 2)]
    await house.confirm(holds[1].id)
    large = await house.join(stay(3, rooms=2))
    small = [await house.join(stay(number)) for number in (4, 5, 6)]
    await house.release(holds[0].id)
    await house.release((await house.offer(small[0])).id)
    await house.release((await house.offer(small[1])).id)
    return house, large, small[2]


async def test_what_was_saved_up_goes_on_when_its_party_leaves(
    saving: tuple[Hotel, WaitingEntry, WaitingEntry],
) -> None:
    house, large, small = saving
    left = await house.withdraw(large)

    assert (left.state, left.saved) == (WaitingState.WITHDRAWN, ())
    await house.offer(small)
    with pytest.raises(NoLongerWaiting):
        await house.withdraw(large)
    assert await taken(house.storage) == {night(1): 2}


async def test_saving_ends_and_the_party_waits_on(
    saving: tuple[Hotel, WaitingEntry, WaitingEntry],
) -> None:
    house, large, small = saving
    lapse = LapseWaiting(actor=DESK)
    assert await house.desk.lapse(lapse) == 0
    house.clock.passes(WAITING_RULES.saved_for)

    assert await house.desk.lapse(lapse) == 1
    assert await house.desk.lapse(lapse) == 0

    waits = await house.entry(large)
    assert (waits.state, waits.saved) == (WaitingState.WAITING, ())
    await house.offer(small)
    assert await taken(house.storage) == {night(1): 2}


async def test_nobody_waits_once_booking_has_closed(
    saving: tuple[Hotel, WaitingEntry, WaitingEntry],
) -> None:
    house, large, small = saving
    house.clock.passes(40 * DAY)

    assert await house.desk.lapse(LapseWaiting(actor=DESK)) == 2

    assert (await house.entry(large)).state is WaitingState.EXPIRED
    assert (await house.entry(small)).state is WaitingState.EXPIRED
    assert await taken(house.storage) == {night(1): 1}


async def test_a_crowd_that_expires_makes_offers(house: Hotel) -> None:
    await house.hold(stay(1, rooms=2))
    entries = [await house.join(stay(number)) for number in (2, 3, 4)]
    house.clock.passes(QUARTER)

    assert await house.desk.expire(ExpireHolds(actor=DESK)) == 1

    states = [(await house.entry(entry)).state for entry in entries]
    assert states == [WaitingState.OFFERED, WaitingState.OFFERED, WaitingState.WAITING]


async def test_an_entry_nobody_made_is_not_found(house: Hotel) -> None:
    nobody = WaitingId(UUID(int=404))

    with pytest.raises(WaitingEntryNotFound):
        await house.storage.work(DESK, lambda work: work.waiting.get(nobody))
