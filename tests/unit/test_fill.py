"""How full a pool looks from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.inventory.views import Availability, Fill
from tests.samples import day, night


def seen(*, capacity: int, free: int, closed: bool = False) -> Fill:
    return Availability(
        pool_id=night(1),
        day=day(1),
        capacity=capacity,
        free=free,
        closed=closed,
        next_release_at=None,
    ).fill


@pytest.mark.parametrize(
    ("capacity", "free", "fill"),
    [
        (12, 12, Fill.AVAILABLE),
        (12, 4, Fill.AVAILABLE),
        (12, 3, Fill.ALMOST_FULL),
        (12, 1, Fill.ALMOST_FULL),
        (12, 0, Fill.FULL),
        (2, 2, Fill.ALMOST_FULL),
        (100, 21, Fill.AVAILABLE),
        (100, 20, Fill.ALMOST_FULL),
        (19, 4, Fill.AVAILABLE),
        (20, 4, Fill.ALMOST_FULL),
    ],
)
def test_few_are_three_or_a_fifth(capacity: int, free: int, fill: Fill) -> None:
    assert seen(capacity=capacity, free=free) is fill


@given(capacity=st.integers(0, 200), free=st.integers(0, 200))
def test_nothing_is_available_where_nothing_is_free(capacity: int, free: int) -> None:
    assert (seen(capacity=capacity, free=free) is Fill.FULL) is (free == 0)
    assert seen(capacity=capacity, free=free, closed=True) is Fill.CLOSED
