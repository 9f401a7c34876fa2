"""Whoever comes first, and wherever the other comes in between, what is promised holds."""

import pytest

from tests.interleavings.campaign import PAIRS, campaign, caught
from tests.interleavings.house import ISOLATIONS
from tests.interleavings.planted import BUGS

pytestmark = pytest.mark.anyio

USUAL, STRICTEST = ISOLATIONS
OF_A_BUG = 16


async def test_no_order_breaks_a_promise(
    postgres_admin_url: str, orders: int, orders_seed: int
) -> None:
    """As the program is run."""
    played = await campaign(postgres_admin_url, isolation=USUAL, most=orders, seed=orders_seed)

    assert played.violations == []
    assert played.findings == ()
    assert [result.pair for result in played.results] == list(PAIRS)
    assert all(len(result.explored.orders) > 1 for result in played.results)
    assert sum(result.explored.waits for result in played.results), "nobody waited for anybody"


async def test_what_cannot_be_serialized_is_decided_again(
    postgres_admin_url: str, orders: int, orders_seed: int
) -> None:
    """Where the operator has every transaction be SERIALIZABLE."""
    most = max(2, orders // 3)
    played = await campaign(postgres_admin_url, isolation=STRICTEST, most=most, seed=orders_seed)

    assert (played.violations, played.findings) == ([], ())


@pytest.mark.parametrize("bug", BUGS)
async def test_a_bug_between_two_statements_is_found(postgres_admin_url: str, bug: str) -> None:
    found = await caught(postgres_admin_url, bug, most=OF_A_BUG, seed=1)

    assert found.explored.violations
