"""Fixtures shared by every kind of test."""

import gc
import signal

import pytest

from tests.scratch import keep_in_memory

keep_in_memory()

pytest_plugins = [
    "tests.servers",
    "tests.redis_servers",
    "tests.payment_peers",
    "tests.index_uses",
]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


def pytest_configure(config: pytest.Config) -> None:
    """Whoever ends a run that takes too long is told what had failed by then."""
    if not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not look at it again for each of the tests.

    Nor as often as it would by itself, which was a third of what the tests take.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
