"""Fixtures shared by every kind of test."""

import pytest

pytest_plugins = ["tests.servers", "tests.redis_servers", "tests.payment_peers"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
