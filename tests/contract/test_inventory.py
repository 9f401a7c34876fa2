"""Inventory: all claims or none, never more than there is, and the reason when it says no."""

from collections.abc import Sequence

import attrs
import pytest

from adapters.repositories.inventory import SqlInventory
from adapters.sql.database import Database
from application.kernel.ports import Stale
from domain.inventory.pools import CapacityBelowTaken, NotOnSale, Shortage, SoldOut
from domain.kernel.claims import Claim
from domain.kernel.identifiers import PoolId
from tests.contract.storages import Storage, Work, put_on_sale, sql_storage, taken
from tests.samples import (
    DESK,
    NOW,
    OTHER_DESK,
    QUARTER,
    SEATS,
    claims,
    held,
    hotel,
    night,
    nights,
    seats,
)

pytestmark = pytest.mark.anyio

FIRST, SECOND = held(id=1).hold_id, held(id=2).hold_id


class OvertakenInventory(SqlInventory):
    """Finds nothing that would explain why it could not take."""

    def _explain(self, claims: Sequence[Claim]) -> None:
        pass


async def test_units_come_free_on_the_day_another_stay_ends(storage: Storage) -> None:
    def take_one_after_the_other(work: Work) -> None:
        work.inventory.take(FIRST, claims(1, 2))
        work.inventory.take(SECOND, claims(3, 4))

    await put_on_sale(storage)
    await storage.work(DESK, take_one_after_the_other)

    assert await taken(storage) == {night(number): 1 for number in (1, 2, 3, 4)}


async def test_a_stay_is_taken_whole_or_not_at_all(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(2)))

    with pytest.raises(SoldOut) as refused:
        await storage.work(
            DESK, lambda work: work.inventory.take(SECOND, claims(1, 2, 3, units=2))
        )

    assert refused.value.shortages == (Shortage(night(2), requested=2, free=1),)
    assert await taken(storage) == {night(2): 1}


async def test_what_could_not_be_taken_undoes_all_else(storage: Storage) -> None:
    def take_too_much(work: Work) -> None:
        work.inventory.take(FIRST, claims(1))
        work.bookings.save(held(id=2))
        work.inventory.take(SECOND, claims(1, 2))

    await put_on_sale(storage)
    with pytest.raises(SoldOut):
        await storage.work(DESK, take_too_much)

    assert await taken(storage) == {}
    assert await storage.events() == []


async def test_every_shortage_is_named_with_the_end_of_its_first_hold(storage: Storage) -> None:
    early, late = held(hotel(1, 3), id=1), held(hotel(2, 4), id=2)
    late = attrs.evolve(late, expires_at=late.expires_at + QUARTER)

    def hold_both(work: Work) -> None:
        for booking in (late, early):
            work.inventory.take(booking.hold_id, booking.agreement.claims)
            work.bookings.save(booking)

    def take_more(work: Work) -> None:
        work.inventory.take(held(id=3).hold_id, claims(1, 2, 3, 4, units=2))

    await put_on_sale(storage, capacity=2)
    await storage.work(DESK, hold_both)
    with pytest.raises(SoldOut) as refused:
        await storage.work(DESK, take_more)

    assert refused.value.shortages == (
        Shortage(night(1), requested=2, free=1, next_release_at=NOW + QUARTER),
        Shortage(night(2), requested=2, free=0, next_release_at=NOW + QUARTER),
        Shortage(night(3), requested=2, free=1, next_release_at=NOW + 2 * QUARTER),
    )


async def test_confirmed_bookings_release_nothing(storage: Storage) -> None:
    booking = held(hotel(1, 2))

    def confirm_at_once(work: Work) -> None:
        work.inventory.take(booking.hold_id, booking.agreement.claims)
        work.bookings.save(booking.confirm(now=NOW))

    await put_on_sale(storage)
    await storage.work(DESK, confirm_at_once)
    with pytest.raises(SoldOut) as refused:
        await storage.work(DESK, lambda work: work.inventory.take(SECOND, claims(1)))

    assert refused.value.shortages == (Shortage(night(1), requested=1, free=0),)


async def test_claims_may_differ_from_pool_to_pool_and_come_in_any_order(storage: Storage) -> None:
    wanted = (Claim(night(2), 3), Claim(SEATS, 2), Claim(night(1), 1))

    def take_different_amounts(work: Work) -> None:
        work.inventory.open([seats()])
        work.inventory.take(FIRST, wanted)

    await put_on_sale(storage, capacity=3)
    await storage.work(DESK, take_different_amounts)

    assert await taken(storage) == {night(1): 1, night(2): 3, SEATS: 2}


@pytest.mark.parametrize("numbers", [(11,), (8, 9, 10, 11)], ids=["one night", "a stay"])
async def test_what_has_no_pool_is_not_on_sale(storage: Storage, numbers: tuple[int, ...]) -> None:
    await put_on_sale(storage, days=10)

    with pytest.raises(NotOnSale) as refused:
        await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(*numbers)))

    assert refused.value.pool_ids == tuple(night(number) for number in numbers if number > 9)
    assert await taken(storage) == {}


@pytest.mark.parametrize("numbers", [(1,), (1, 2)], ids=["one night", "a stay"])
async def test_a_closed_pool_has_nothing_left(storage: Storage, numbers: tuple[int, ...]) -> None:
    closed = attrs.evolve(nights(capacity=9)[1], closed=True)
    await put_on_sale(storage, capacity=9)
    await storage.work(DESK, lambda work: work.inventory.open([closed]))

    with pytest.raises(SoldOut) as refused:
        await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(*numbers)))

    assert refused.value.shortages == (Shortage(night(1), requested=1, free=0),)


async def test_an_allowance_may_be_sold_beyond_the_capacity_and_no_more(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2, allowance=1)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, units=3)))

    with pytest.raises(SoldOut):
        await storage.work(DESK, lambda work: work.inventory.take(SECOND, claims(1)))
    assert await taken(storage) == {night(1): 3}


async def test_what_was_taken_is_given_back_once(storage: Storage) -> None:
    def take_twice(work: Work) -> None:
        work.inventory.take(FIRST, claims(1, 2, units=2))
        work.inventory.take(SECOND, claims(2, 3))

    await put_on_sale(storage, capacity=5)
    await storage.work(DESK, take_twice)

    for _ in range(2):
        await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))
    assert await taken(storage) == {night(2): 1, night(3): 1}

    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST, SECOND]))
    await storage.work(DESK, lambda work: work.inventory.give_back([]))
    assert await taken(storage) == {}


async def test_what_is_given_back_can_be_taken_in_the_same_transaction(storage: Storage) -> None:
    def swap(work: Work) -> None:
        work.inventory.take(FIRST, claims(1))
        work.inventory.give_back([FIRST])
        work.inventory.take(SECOND, claims(1))

    await put_on_sale(storage)
    await storage.work(DESK, swap)

    assert await taken(storage) == {night(1): 1}


async def test_a_hold_cannot_take_the_same_pool_twice(storage: Storage) -> None:
    def take_again(work: Work) -> None:
        work.inventory.take(FIRST, claims(1))

    await put_on_sale(storage, capacity=5)
    await storage.work(DESK, take_again)

    with pytest.raises(Stale):
        await storage.work(DESK, take_again)
    assert await taken(storage) == {night(1): 1}


async def test_limits_change_but_never_below_what_is_taken(storage: Storage) -> None:
    changed = nights(capacity=7, allowance=2, days=3)

    await put_on_sale(storage, capacity=5)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, 2, units=4)))
    await storage.work(DESK, lambda work: work.inventory.open(changed))
    limits = {id: (pool.capacity, pool.allowance) for id, pool in (await storage.pools()).items()}
    assert [limits[night(number)] for number in range(4)] == [(7, 2)] * 3 + [(5, 0)]

    with pytest.raises(CapacityBelowTaken) as refused:
        await storage.work(DESK, lambda work: work.inventory.open(nights(capacity=3, days=3)))

    assert set(refused.value.pool_ids) == {night(1), night(2)}
    pools = await storage.pools()
    assert [pools[night(number)].capacity for number in range(4)] == [7, 7, 7, 5]
    assert await taken(storage) == {night(1): 4, night(2): 4}


async def test_capacity_may_fall_to_exactly_what_is_taken(storage: Storage) -> None:
    await put_on_sale(storage, capacity=5)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, units=4)))

    await storage.work(DESK, lambda work: work.inventory.open([nights(capacity=4)[1]]))

    assert (await storage.pools())[night(1)].free == 0


async def test_opening_nothing_changes_nothing(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.inventory.open([]))

    assert await storage.pools() == {}


async def test_closing_takes_nothing_from_those_who_have_it(storage: Storage) -> None:
    closed = attrs.evolve(nights(capacity=5)[1], closed=True)
    await put_on_sale(storage, capacity=5)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, units=4)))

    await storage.work(DESK, lambda work: work.inventory.open([closed]))
    assert await taken(storage) == {night(1): 4}

    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))
    assert await taken(storage) == {}


async def test_organizations_do_not_share_pools(storage: Storage) -> None:
    def take_it(work: Work) -> None:
        work.inventory.take(FIRST, claims(1))

    await put_on_sale(storage)
    with pytest.raises(NotOnSale):
        await storage.work(OTHER_DESK, take_it)
    await put_on_sale(storage, actor=OTHER_DESK)
    await storage.work(OTHER_DESK, take_it)
    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))
    await storage.work(DESK, take_it)
    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))

    assert await taken(storage, OTHER_DESK) == {night(1): 1}
    assert await taken(storage) == dict[PoolId, int]()


async def test_units_that_came_free_meanwhile_are_worth_another_try(database: Database) -> None:
    storage = sql_storage(database, inventory=OvertakenInventory)
    await put_on_sale(storage)

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, units=2)))
