"""Claims on pools."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.claims import Claim, NothingClaimed, day_pool, whole_pool
from domain.kernel.identifiers import PoolId, ResourceId
from tests.samples import DOUBLE_ROOMS, day

CLAIMS = st.builds(Claim, st.sampled_from("abcdef").map(PoolId), st.integers(1, 9))


@pytest.mark.parametrize("units", [0, -1])
def test_a_claim_takes_something(units: int) -> None:
    with pytest.raises(NothingClaimed, match=f"not {units}"):
        Claim(PoolId("pool"), units)


def test_pools_are_named_after_what_they_hold() -> None:
    resource_id = ResourceId(UUID(int=1))

    assert whole_pool(resource_id) == "00000000-0000-0000-0000-000000000001"
    assert day_pool(resource_id, day(0)) == "00000000-0000-0000-0000-000000000001:2026-12-01"


@given(one=st.integers(0, 5000), other=st.integers(0, 5000))
def test_pools_of_a_resource_are_ordered_like_their_days(one: int, other: int) -> None:
    first, second = (day_pool(DOUBLE_ROOMS.id, day(number)) for number in (one, other))

    assert (first < second) is (one < other)
