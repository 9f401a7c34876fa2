"""What is left of a pool."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inventory.pools import (
    CapacityBelowTaken,
    NegativeCapacity,
    NotOnSale,
    Pool,
    Shortage,
    SoldOut,
    require_free,
)
from domain.kernel.identifiers import PoolId
from tests.samples import HOUR, NOW, claims, night, nights, seats


def by_id(*pools: Pool) -> dict[PoolId, Pool]:
    return {pool.id: pool for pool in pools}


@given(capacity=st.integers(0, 50), allowance=st.integers(0, 10), taken=st.integers(0, 60))
def test_what_is_free_counts_the_allowance(capacity: int, allowance: int, taken: int) -> None:
    [pool] = nights(capacity=capacity, allowance=allowance, days=1)
    pool = attrs.evolve(pool, taken=taken)

    assert pool.free == capacity + allowance - taken
    assert attrs.evolve(pool, closed=True).free == 0


def test_nothing_is_overbooked_unless_somebody_says_so() -> None:
    assert seats(capacity=12).free == 12


@pytest.mark.parametrize(("capacity", "allowance"), [(-1, 0), (0, -1), (5, -6)])
def test_limits_are_never_negative(capacity: int, allowance: int) -> None:
    with pytest.raises(NegativeCapacity, match="at least 0") as refused:
        nights(capacity=capacity, allowance=allowance, days=1)

    assert refused.value.capacity == min(capacity, allowance)
    assert refused.value.field == "capacity"


def test_claims_that_fit_are_fine() -> None:
    require_free(claims(0, 1, units=2), by_id(*nights(capacity=1, allowance=1)))
    require_free([], {})


def test_what_has_no_pool_is_not_on_sale() -> None:
    pools = by_id(*nights(capacity=0, days=2))
    with pytest.raises(NotOnSale) as refused:
        require_free(claims(1, 2, 3), pools)

    assert refused.value.pool_ids == (night(2), night(3))
    assert str(refused.value) == f"not on sale: {night(2)}, {night(3)}"


def test_every_shortage_is_told_and_when_it_may_end() -> None:
    first, second, third = nights(capacity=3, days=3)
    pools = by_id(
        attrs.evolve(first, taken=2), attrs.evolve(second, closed=True), attrs.evolve(third)
    )
    with pytest.raises(SoldOut) as refused:
        require_free(claims(0, 1, 2, units=2), pools, {first.id: NOW, third.id: NOW + HOUR})

    assert refused.value.shortages == (
        Shortage(first.id, requested=2, free=1, next_release_at=NOW),
        Shortage(second.id, requested=2, free=0, next_release_at=None),
    )
    assert str(refused.value) == (
        f"2 requested of {first.id}, 1 free; 2 requested of {second.id}, 0 free"
    )


@given(units=st.integers(1, 9), capacity=st.integers(0, 9), taken=st.integers(0, 9))
def test_claims_are_refused_exactly_when_they_do_not_fit(
    units: int, capacity: int, taken: int
) -> None:
    [pool] = nights(capacity=capacity, days=1)
    pool = attrs.evolve(pool, taken=min(taken, capacity))
    try:
        require_free(claims(0, units=units), by_id(pool), {night(0): NOW + timedelta()})
        fits = True
    except SoldOut:
        fits = False

    assert fits is (pool.taken + units <= capacity)


def test_limits_below_what_is_taken_are_told_by_pool() -> None:
    assert str(CapacityBelowTaken((night(1), night(2)))) == (
        f"more units are taken already than would be left: {night(1)}, {night(2)}"
    )
