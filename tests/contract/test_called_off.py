"""Nobody waits, and nothing is set aside, for what does not take place; each is told once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from uuid import UUID

import attrs
import pytest
from sqlalchemy.util import await_only

from adapters.repositories.inventory import SqlInventory
from adapters.sql.database import Database
from application.bookings.join_waiting_list import JoinWaitingList
from application.bookings.release_booking import ReleaseBooking
from domain.bookings.blocks import Block, BlockState
from domain.bookings.contacts import Contact
from domain.bookings.life import BookingState
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.waiting import WaitingEntry, WaitingState
from domain.inventory.pools import Pool
from domain.inventory.resources import NotForSale, Resource
from domain.kernel.claims import Claim
from domain.kernel.identifiers import BlockId, BookingId, PoolId, ResourceId, WaitingId
from tests.contract.cancelling import Interrupted, cancel, run_job
from tests.contract.courses import course
from tests.contract.crowds import race, use_cases
from tests.contract.storages import Storage, Work, sql_storage, taken
from tests.freeing import WAITING_RULES
from tests.samples import ADA, DAY, DESK, FIRST_AID, NOW, SEATS, held, training

pytestmark = pytest.mark.anyio

CAPACITY = 4


def party(number: int, *, of: int = 1) -> BaseBookingRequest:
    request = training(*(f"Attendee {number} {one}" for one in range(of)))
    contact = Contact(name=f"Guest {number:03}", email=f"guest{number}@example.com")
    return attrs.evolve(request, contact=contact)


@attrs.frozen(kw_only=True)
class Crowd:
    """A full course: one booked, one set aside, one has an offer, others wait, one saves up."""

    storage: Storage
    booking: BookingId
    block: BlockId
    entries: list[WaitingId]

    @classmethod
    async def of(cls, storage: Storage, *, waiting: int) -> "Crowd":
        await course(storage, capacity=CAPACITY)
        released = await storage.work(DESK, _fill)
        desk = use_cases(storage.work)
        entries = await storage.work(DESK, lambda work: _join(work, waiting))
        free = ReleaseBooking(actor=DESK, booking_id=released, version=None)
        await desk.release(free)
        saving = await desk.join(JoinWaitingList(actor=DESK, request=party(waiting, of=2)))
        await storage.work(DESK, lambda work: _save_up(work, saving))
        return cls(
            storage=storage,
            booking=BookingId(UUID(int=37)),
            block=BlockId(UUID(int=5)),
            entries=[*entries, saving.id],
        )

    async def found(self) -> list[WaitingEntry]:
        def find(work: Work) -> list[WaitingEntry]:
            return [work.waiting.get(id) for id in self.entries]

        return await self.storage.work(DESK, find)


def _fill(work: Work) -> BookingId:
    """All but one place, which the party that saves up gets."""
    for one in (1, 2):
        booking = held(training(f"Somebody {one}"), id=37 * one)
        work.inventory.take(booking.hold_id, booking.agreement.claims)
        work.bookings.save(booking)
    block = Block.open(
        BlockId(UUID(int=5)),
        stock_id=FIRST_AID.id,
        resource_id=FIRST_AID.id,
        pools=[SEATS],
        units=1,
        contact=ADA,
        note="",
        release_at=NOW + DAY,
        now=NOW,
    )
    work.inventory.take(block.hold_id, block.claims)
    work.blocks.save(block)
    work.inventory.open([attrs.evolve(work.inventory.lock([SEATS])[SEATS], capacity=3)])
    return BookingId(UUID(int=74))


def _join(work: Work, number: int) -> list[WaitingId]:
    """In the order in which they are offered something."""
    entries = (
        WaitingEntry.join(
            WaitingId(UUID(int=1000 + one)),
            party(one),
            (Claim(SEATS, 1),),
            stock_id=FIRST_AID.id,
            closes_at=NOW + DAY,
            now=NOW,
        )
        for one in range(number)
    )
    return [work.waiting.save(entry).id for entry in entries]


def _save_up(work: Work, entry: WaitingEntry) -> None:
    work.inventory.open([attrs.evolve(work.inventory.lock([SEATS])[SEATS], capacity=CAPACITY)])
    saver = entry.save_up({SEATS: 1}, rules=WAITING_RULES, now=NOW)
    work.inventory.swap(entry.hold_id, before=(), after=saver.saved)
    work.waiting.save(saver)


async def test_interrupted_after_each_step_it_ends_with_everybody_told_once(
    storage: Storage,
) -> None:
    crowd = await Crowd.of(storage, waiting=55)
    before = Counter(entry.state for entry in await crowd.found())
    assert await taken(storage) == {SEATS: CAPACITY}
    await cancel(storage)
    for batches in range(1, 7):
        with suppress(Interrupted):
            await run_job(storage, batches=batches)
    await run_job(storage)

    assert before == {WaitingState.OFFERED: 1, WaitingState.WAITING: 55}
    ended = await crowd.found()
    assert {(one.state, one.called_off, one.saved) for one in ended} == {
        (WaitingState.EXPIRED, "snow", ())
    }
    told = Counter(await storage.events())
    assert told["waiting_called_off"] == len(ended)
    assert told["block_released"] == 1
    assert told["waiting_offered"] == 1
    assert not told["waiting_withdrawn"] + told["waiting_ended"]
    assert await taken(storage) == {}
    booking = await storage.work(DESK, lambda work: work.bookings.get(crowd.booking))
    assert booking.state is BookingState.RELEASED
    block = await storage.work(DESK, lambda work: work.blocks.locked(crowd.block))
    assert block.state is BlockState.RELEASED


async def test_an_offer_is_called_off_together_with_its_booking(storage: Storage) -> None:
    crowd = await Crowd.of(storage, waiting=1)
    await cancel(storage)
    with suppress(Interrupted):
        await run_job(storage, batches=4)
    offered, _ = await crowd.found()
    assert offered.booking_id is not None
    with suppress(Interrupted):
        await run_job(storage, batches=3)

    (after, _), events = await crowd.found(), await storage.events()
    released = await storage.work(DESK, lambda work: work.bookings.get(offered.booking_id))  # type: ignore[arg-type]
    assert (offered.state, after.state) == (WaitingState.OFFERED, WaitingState.EXPIRED)
    assert released.state is BookingState.RELEASED
    assert after.called_off == "snow"
    assert "waiting_withdrawn" not in events


async def test_those_who_wait_for_something_else_go_on(storage: Storage) -> None:
    crowd = await Crowd.of(storage, waiting=3)

    def others(work: Work) -> tuple[int, int]:
        elsewhere = ResourceId(UUID(int=4711))
        waiting = work.waiting.waiting_for(elsewhere, limit=9)
        return len(waiting), len(work.blocks.open_of(elsewhere, limit=9))

    some = await storage.work(DESK, lambda work: work.waiting.waiting_for(FIRST_AID.id, limit=2))
    assert await storage.work(DESK, others) == (0, 0)
    assert [entry.state for entry in some] == [WaitingState.WAITING] * 2
    assert [entry.id for entry in some] == sorted(entry.id for entry in some)
    assert len(await crowd.found()) == 4


async def test_nobody_joins_from_then_on(storage: Storage) -> None:
    await Crowd.of(storage, waiting=1)
    await cancel(storage)
    with pytest.raises(NotForSale):
        await use_cases(storage.work).join(JoinWaitingList(actor=DESK, request=party(900)))


@pytest.mark.usefixtures("crowded")
async def test_whoever_joins_meanwhile_is_refused_or_called_off(storage: Storage) -> None:
    crowd = await Crowd.of(storage, waiting=1)
    desk = use_cases(storage.work)

    async def wind_up() -> Resource:
        cancelled = await cancel(storage)
        await run_job(storage)
        return cancelled

    joining = [
        desk.join(JoinWaitingList(actor=DESK, request=party(number))) for number in range(100, 130)
    ]
    outcomes = await race([*joining[:15], wind_up(), *joining[15:]])

    assert {type(outcome) for outcome in outcomes} <= {WaitingEntry, Resource, NotForSale}
    joined = [outcome.id for outcome in outcomes if isinstance(outcome, WaitingEntry)]
    ended = await attrs.evolve(crowd, entries=joined).found()
    assert {entry.state for entry in ended} <= {WaitingState.EXPIRED}
    assert await taken(storage) == {}


OVERTAKEN: ContextVar[Storage | None] = ContextVar("OVERTAKEN", default=None)


class OvertakenInventory(SqlInventory):
    """All is over between the moment somebody reads what is on sale and the one they lock it."""

    def lock(self, pool_ids: Sequence[PoolId]) -> Mapping[PoolId, Pool]:
        storage = OVERTAKEN.get()
        if storage is not None:
            OVERTAKEN.set(None)
            await_only(_wind_up(storage))
        return super().lock(pool_ids)


async def _wind_up(storage: Storage) -> None:
    await cancel(storage)
    await run_job(storage)


async def test_whoever_comes_too_late_to_be_told_is_refused(postgres: Database) -> None:
    """Only PostgreSQL lets somebody read what another one is about to change."""
    storage = sql_storage(postgres)
    await course(storage, capacity=0)
    overtaken = use_cases(sql_storage(postgres, inventory=OvertakenInventory).work)
    OVERTAKEN.set(storage)

    with pytest.raises(NotForSale):
        await overtaken.join(JoinWaitingList(actor=DESK, request=party(1)))
    assert "waiting_joined" not in await storage.events()
