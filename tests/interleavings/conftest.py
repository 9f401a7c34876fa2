"""How many orders are tried: a few of each pair among the tests, more when asked for.

`pytest tests/interleavings --orders=200` goes through all there are of most pairs.
"""

import pytest

ORDERS = 12


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--orders", type=int, default=ORDERS, help="of each pair of use cases")
    parser.addoption("--orders-seed", type=int, default=1, help="of those that are drawn")


@pytest.fixture
def orders(pytestconfig: pytest.Config) -> int:
    number: int = pytestconfig.getoption("orders", ORDERS)
    return number


@pytest.fixture
def orders_seed(pytestconfig: pytest.Config) -> int:
    number: int = pytestconfig.getoption("orders_seed", 1)
    return number
