"""The races again with a wall torn down, one after the other: proof that they can be lost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import anyio
import pytest
from sqlalchemy import ColumnElement, event, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.util import await_only

from adapters.repositories.bookings import SqlBookings
from adapters.repositories.inventory import SqlInventory
from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import pools
from adapters.sql.database import Database
from adapters.sql.event_log import EventLog
from application.bookings.confirm_booking import ConfirmBooking, ConfirmBookingHandler
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.kernel.claims import Claim
from domain.kernel.identifiers import BookingId, HoldId
from tests.contract.crowds import race, use_cases
from tests.contract.databases import execute, opened
from tests.contract.storages import SqlStorage, Work, put_on_sale, sql_storage, taken
from tests.samples import DESK, NOW, QUARTER, claims, held, hotel, night, quote

pytestmark = pytest.mark.anyio


class UnguardedInventory(SqlInventory):
    """Takes without asking whether there is anything left."""

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        for hold_id, claim in ((id, claim) for id in wanted for claim in wanted[id]):
            self.scope.execute(
                update(pools)
                .where(self.scope.owns(pools), pools.c.id == claim.pool_id)
                .values(taken=self._taken(claim))
            )
            self.scope.add(claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units)

    def _taken(self, claim: Claim) -> ColumnElement[int]:
        return pools.c.taken + claim.units


class CountingInventory(UnguardedInventory):
    """Reads a count, compares it and writes it back, as one does without thinking."""

    def _taken(self, claim: Claim) -> ColumnElement[int]:
        seen = select(pools).where(self.scope.owns(pools), pools.c.id == claim.pool_id)
        pool = self.scope.ask(seen).one()
        if pool.capacity - pool.taken < claim.units:
            raise Stale
        await_only(anyio.sleep(0.01))
        return literal(pool.taken + claim.units)


class UnorderedInventory(UnguardedInventory):
    """Locks pools in the order in which they were asked for."""

    def _taken(self, claim: Claim) -> ColumnElement[int]:
        await_only(anyio.sleep(0.05))
        return super()._taken(claim)


async def race_for_seven_rooms(storage: SqlStorage) -> Counter[type]:
    one_night = quote(hotel(1, 2), id=302)
    await put_on_sale(storage, capacity=7)
    await storage.work(DESK, lambda work: work.quotes.add(one_night))
    hold = use_cases(storage.work).hold
    command = HoldBooking(actor=DESK, quote_id=one_night.id)
    outcomes = await race([hold(command) for _ in range(40)])
    return Counter(map(type, outcomes))


async def test_without_the_guard_the_table_still_refuses(database: Database) -> None:
    storage = sql_storage(database, inventory=UnguardedInventory)

    assert await race_for_seven_rooms(storage) == {Booking: 7, IntegrityError: 33}
    assert await taken(storage) == {night(1): 7}


async def test_without_guard_and_check_rooms_are_oversold_on_sqlite(
    sqlite_storage_url: str,
) -> None:
    async with opened(sqlite_storage_url) as database:
        event.listen(database.engine, "connect", _ignore_checks)
        await oversell(database)


async def test_without_guard_and_check_rooms_are_oversold_on_postgres(
    own_postgres_url: str,
) -> None:
    await execute(own_postgres_url, "ALTER TABLE pools DROP CONSTRAINT ck_pools_taken")
    async with opened(own_postgres_url) as database:
        await oversell(database)


def _ignore_checks(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA ignore_check_constraints=ON")


async def oversell(database: Database) -> None:
    storage = sql_storage(database, inventory=UnguardedInventory)

    assert await race_for_seven_rooms(storage) == {Booking: 40}
    assert await storage.claimed() == {night(1): 40}


async def test_counting_in_the_program_oversells_and_no_check_notices(postgres: Database) -> None:
    storage = sql_storage(postgres, inventory=CountingInventory)
    outcomes = await race_for_seven_rooms(storage)

    assert outcomes[Booking] > 7
    assert (await storage.pools())[night(1)].taken <= 7
    assert (await storage.claimed())[night(1)] == outcomes[Booking]


async def test_without_an_order_of_locking_two_wait_for_each_other(
    own_postgres_url: str,
) -> None:
    name = own_postgres_url.rpartition("/")[2]
    await execute(own_postgres_url, f"ALTER DATABASE \"{name}\" SET deadlock_timeout = '20ms'")
    async with opened(own_postgres_url) as database:
        storage = sql_storage(database, inventory=UnorderedInventory)
        await put_on_sale(storage, capacity=40)
        wanted = claims(1, 2)

        async def take(number: int) -> None:
            in_order = wanted[:: 1 if number % 2 else -1]
            hold_id = held(id=number).hold_id
            await storage.work(DESK, lambda work: work.inventory.take(hold_id, in_order))

        outcomes = await race([take(number) for number in range(4)])

        deadlocks = [str(outcome) for outcome in outcomes if isinstance(outcome, Stale)]
        assert deadlocks
        assert all("40P01" in deadlock for deadlock in deadlocks)
        # Whoever was thrown out has taken nothing, and may decide again.
        left = 4 - len(deadlocks)
        assert (await taken(storage)).get(night(1), 0) == left


class SlowBookings(SqlBookings):
    """Somebody else expires the hold between reading and writing."""

    def get(self, booking_id: BookingId) -> Booking:
        found = super().get(booking_id)
        rival = use_cases(sql_storage(self.database()).work, lambda: NOW + QUARTER)
        assert await_only(rival.expire(ExpireHolds(actor=DESK))) == 1
        return found

    def database(self) -> Database:
        raise NotImplementedError


class BlindBookings(SlowBookings):
    """Writes whatever it decided, without comparing versions."""

    def save(self, booking: Booking) -> Booking:
        seen = select(bookings.c.version).where(
            self.scope.owns(bookings), bookings.c.id == booking.id
        )
        latest = self.scope.execute(seen).one()
        self.scope.execute(
            update(bookings)
            .where(self.scope.owns(bookings), bookings.c.id == booking.id)
            .values(state=booking.state.value, version=latest.version + 1)
        )
        EventLog(self.scope).publish(booking.events)
        return booking


async def confirm_while_it_expires(
    postgres: Database, slow: type[SlowBookings]
) -> tuple[object, SqlStorage]:
    class Here(slow):  # type: ignore[misc,valid-type]
        def database(self) -> Database:
            return postgres

    storage = sql_storage(postgres)
    booking = held(hotel(1, 2))

    def hold(work: Work) -> None:
        work.inventory.take(booking.hold_id, booking.agreement.claims)
        work.bookings.save(booking)

    await put_on_sale(storage)
    await storage.work(DESK, hold)
    # Not wrapped: it is to be seen how a single decision ends.
    confirm = ConfirmBookingHandler(
        unit_of_work=sql_storage(postgres, bookings=Here).work, clock=lambda: NOW
    )
    command = ConfirmBooking(actor=DESK, booking_id=booking.id, version=None)
    (outcome,) = await race([confirm(command)])
    return outcome, storage


async def test_whoever_confirms_what_expired_meanwhile_is_stale(postgres: Database) -> None:
    outcome, storage = await confirm_while_it_expires(postgres, SlowBookings)

    assert isinstance(outcome, Stale)
    assert await storage.events() == ["booking_held", "booking_expired"]
    assert await taken(storage) == {}


async def test_without_compare_and_swap_it_is_confirmed_and_expired(postgres: Database) -> None:
    outcome, storage = await confirm_while_it_expires(postgres, BlindBookings)

    assert isinstance(outcome, Booking)
    assert outcome.state is BookingState.CONFIRMED
    assert await storage.events() == ["booking_held", "booking_expired", "booking_confirmed"]
    assert await taken(storage) == {}  # confirmed, and without a room
