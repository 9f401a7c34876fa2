"""Fixtures shared by every kind of test."""

import pytest

pytest_plugins = ["tests.servers"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
