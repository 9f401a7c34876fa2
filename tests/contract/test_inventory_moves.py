"""Inventory for several holds at once, in the place of what was there, and for one only."""

from collections import Counter
from collections.abc import Callable
from random import Random
from uuid import UUID

import attrs
import pytest

from domain.bookings.booking import Booking
from domain.inventory.pools import AlreadyTaken, NotOnSale, Pool, SoldOut
from domain.kernel.claims import Claim, ExclusiveClaim
from domain.kernel.identifiers import PoolId, ResourceId
from tests.contract.crowds import race, until_decided
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.samples import DESK, FIRST_AID, OTHER_DESK, claims, held, night

pytestmark = pytest.mark.anyio

FIRST, SECOND = held(id=1).hold_id, held(id=2).hold_id


def place(name: str, what: str = "seat") -> ExclusiveClaim:
    return ExclusiveClaim(resource_id=FIRST_AID.id, what=what, name=name)


async def test_several_holds_are_taken_together(storage: Storage) -> None:
    await put_on_sale(storage, capacity=3)
    wanted = {FIRST: claims(1, 2), SECOND: claims(2, 3, units=2)}
    await storage.work(DESK, lambda work: work.inventory.take_together(wanted))

    assert await taken(storage) == {night(1): 1, night(2): 3, night(3): 2}

    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))
    assert await taken(storage) == {night(2): 2, night(3): 2}


async def test_what_fits_one_by_one_but_not_together_is_refused(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2)
    wanted = {FIRST: claims(1, 2), SECOND: claims(2, 3, units=2)}

    with pytest.raises(SoldOut) as refused:
        await storage.work(DESK, lambda work: work.inventory.take_together(wanted))

    assert [short.pool_id for short in refused.value.shortages] == [night(2)]
    assert [short.requested for short in refused.value.shortages] == [3]
    assert await taken(storage) == {}


async def test_a_very_long_stay_is_taken_as_a_whole_or_not_at_all(storage: Storage) -> None:
    await put_on_sale(storage, capacity=1, days=1200)
    very_long = claims(*range(1200))
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(3, 700, 1199)))

    with pytest.raises(SoldOut) as refused:
        await storage.work(DESK, lambda work: work.inventory.take(SECOND, very_long))
    assert {short.pool_id for short in refused.value.shortages} == {
        night(3),
        night(700),
        night(1199),
    }
    assert sum((await taken(storage)).values()) == 3

    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))
    await storage.work(DESK, lambda work: work.inventory.take(SECOND, very_long))
    assert sum((await taken(storage)).values()) == 1200


async def test_very_long_stays_do_not_wait_for_each_other_in_a_circle(crowded: Storage) -> None:
    await put_on_sale(crowded, capacity=6, days=1200)
    outcomes = await race([take_shuffled(crowded, seed) for seed in range(1, 9)])

    assert sum(isinstance(outcome, SoldOut) for outcome in outcomes) == 2
    assert set((await taken(crowded)).values()) == {6}


async def take_shuffled(storage: Storage, seed: int) -> None:
    order, hold_id = list(range(1200)), held(id=seed).hold_id
    Random(seed).shuffle(order)
    await storage.work(DESK, lambda work: work.inventory.take(hold_id, claims(*order)))


async def swap(storage: Storage, before: tuple[Claim, ...], after: tuple[Claim, ...]) -> None:
    await storage.work(DESK, lambda work: work.inventory.swap(FIRST, before=before, after=after))


async def test_a_stay_moves_by_a_night_though_the_house_is_full(storage: Storage) -> None:
    await put_on_sale(storage, capacity=1)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, 2, 3)))
    await swap(storage, claims(1, 2, 3), claims(2, 3, 4))

    assert await taken(storage) == {night(2): 1, night(3): 1, night(4): 1}

    await swap(storage, claims(2, 3, 4), claims(3))
    assert await taken(storage) == {night(3): 1}


async def test_a_swap_that_does_not_fit_changes_nothing(storage: Storage) -> None:
    await put_on_sale(storage, capacity=1)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, 2)))
    await storage.work(DESK, lambda work: work.inventory.take(SECOND, claims(3)))

    with pytest.raises(SoldOut):
        await swap(storage, claims(1, 2), claims(2, 3))
    with pytest.raises(NotOnSale):
        await swap(storage, claims(1, 2), (Claim(PoolId("nowhere"), 1),))

    assert await taken(storage) == {night(1): 1, night(2): 1, night(3): 1}


async def test_units_can_be_swapped_out_of_a_closed_pool_but_not_into_it(
    storage: Storage,
) -> None:
    def close(work: Work) -> None:
        pools = work.inventory.lock([night(1), night(2)])
        work.inventory.open([_closed(pool) for pool in pools.values()])

    await put_on_sale(storage, capacity=5)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1, 3, units=2)))
    await storage.work(DESK, close)
    await swap(storage, claims(1, 3, units=2), (*claims(1, units=1), *claims(3, units=2)))

    assert await taken(storage) == {night(1): 1, night(3): 2}
    with pytest.raises(SoldOut):
        await swap(
            storage, (*claims(1), *claims(3, units=2)), (*claims(1, 2), *claims(3, units=2))
        )


def _closed(pool: Pool) -> Pool:
    return attrs.evolve(pool, closed=True)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("crowded")
async def test_many_swaps_at_once_neither_oversell_nor_lock_each_other_out(
    storage: Storage, seed: int
) -> None:
    await put_on_sale(storage, capacity=4)
    bookings = [held(id=number) for number in range(1, 13)]
    homes = {
        booking.id: claims(number % 3, 3 + number % 3) for number, booking in enumerate(bookings)
    }

    def settle(work: Work) -> None:
        for booking in bookings:
            work.inventory.take(booking.hold_id, homes[booking.id])

    async def wander(booking: Booking, chance: Random) -> None:
        first = chance.randrange(9)
        away = claims(*sorted({first, chance.randrange(10)}))
        await until_decided(
            lambda: storage.work(
                DESK,
                lambda work: work.inventory.swap(
                    booking.hold_id, before=homes[booking.id], after=away
                ),
            )
        )
        homes[booking.id] = away

    await storage.work(DESK, settle)
    for round_ in range(3):
        outcomes = await race([wander(b, Random(f"{seed} {round_} {b.id}")) for b in bookings])
        assert {type(outcome) for outcome in outcomes} <= {type(None), SoldOut}

    standing = Counter[PoolId]()
    for home in homes.values():
        standing.update({claim.pool_id: claim.units for claim in home})
    assert await taken(storage) == standing
    assert max(standing.values()) <= 4


async def test_pools_are_seen_as_they_are(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2)
    await storage.work(DESK, lambda work: work.inventory.take(FIRST, claims(1)))

    locked = await storage.work(
        DESK, lambda work: work.inventory.lock([night(2), night(1), PoolId("nowhere")])
    )

    assert {id: pool.taken for id, pool in locked.items()} == {night(1): 1, night(2): 0}


async def test_what_only_one_may_have_is_had_once(storage: Storage) -> None:
    await put_on_sale(storage)
    await storage.work(
        DESK, lambda work: work.inventory.take_exclusively(FIRST, [place("1A"), place("1B")])
    )

    with pytest.raises(AlreadyTaken) as refused:
        await storage.work(
            DESK,
            lambda work: work.inventory.take_exclusively(
                SECOND, [place("1C"), place("1B"), place("1A")]
            ),
        )

    assert (refused.value.what, refused.value.names) == ("seat", ("1A", "1B"))
    others = [place("1C"), place("1A", what="attendee")]
    await storage.work(DESK, lambda work: work.inventory.take_exclusively(SECOND, others))


async def test_what_is_given_back_may_be_had_again(storage: Storage) -> None:
    def take(work: Work) -> None:
        work.inventory.take(FIRST, claims(1))
        work.inventory.take_exclusively(FIRST, [place("1A")])

    await put_on_sale(storage)
    await storage.work(DESK, take)
    await storage.work(DESK, lambda work: work.inventory.give_back([FIRST]))

    await storage.work(DESK, take)


async def test_a_place_that_is_gone_undoes_all_else(storage: Storage) -> None:
    def take(work: Work) -> None:
        work.inventory.take(SECOND, claims(1))
        work.bookings.save(held(id=2))
        work.inventory.take_exclusively(SECOND, [place("1A")])

    await put_on_sale(storage)
    await storage.work(DESK, lambda work: work.inventory.take_exclusively(FIRST, [place("1A")]))
    with pytest.raises(AlreadyTaken):
        await storage.work(DESK, take)

    assert await taken(storage) == {}
    assert await storage.events() == []


@pytest.mark.usefixtures("crowded")
async def test_of_many_who_want_one_place_one_has_it(storage: Storage) -> None:
    await put_on_sale(storage, capacity=20)

    async def want(booking: Booking) -> bool:
        def take(work: Work) -> None:
            work.inventory.take(booking.hold_id, claims(1))
            work.inventory.take_exclusively(booking.hold_id, [place("1A")])

        await until_decided(lambda: storage.work(DESK, take))
        return True

    outcomes = await race([want(held(id=number)) for number in range(1, 17)])

    assert Counter(map(type, outcomes)) == {bool: 1, AlreadyTaken: 15}
    assert await taken(storage) == {night(1): 1}


async def test_what_is_had_of_a_resource_is_known(storage: Storage) -> None:
    await put_on_sale(storage)
    await storage.work(
        DESK, lambda work: work.inventory.take_exclusively(FIRST, [place("1A"), place("1B")])
    )
    await storage.work(DESK, lambda work: work.inventory.take_exclusively(SECOND, [place("2A")]))

    def known(resource_id: ResourceId) -> Callable[[Work], set[ExclusiveClaim]]:
        return lambda work: set(work.inventory.taken_exclusively(resource_id))

    here = place("1A").resource_id
    assert await storage.work(DESK, known(here)) == {place("1A"), place("1B"), place("2A")}
    assert await storage.work(DESK, known(ResourceId(UUID(int=999)))) == set()
    assert await storage.work(OTHER_DESK, known(here)) == set()
