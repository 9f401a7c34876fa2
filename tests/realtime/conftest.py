"""Fixtures of the tests over sockets: a served desk on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.desks import Desk
from tests.realtime.places import Served, a_container, serving
from tests.worker.conftest import (  # noqa: F401  (fixtures)
    furnished_folder,
    furnished_url,
    postgres_place,
    sqlite_place,
)
from tests.worker.offices import Place


@pytest.fixture
async def served(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_place: Place,  # noqa: F811
) -> AsyncIterator[Served]:
    """For what no database has a say in."""
    async with serving(a_container(sqlite_place)) as served:
        yield served


@pytest.fixture
async def served_by_postgres(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_place: Place,  # noqa: F811
) -> AsyncIterator[Served]:
    async with serving(a_container(postgres_place)) as served:
        yield served


@pytest.fixture
async def desk(served: Served) -> Desk:
    """What it took to open it has been told by now."""
    desk = await Desk.opened(served.container, "demo")
    await desk.relay()
    return desk


@pytest.fixture
async def key(served: Served, desk: Desk) -> str:
    return await served.key(desk.actor)
