"""Empty databases, to take steps in."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from adapters.sql.database import Database
from tests.migrations.starting import opened
from tests.servers import create_database, drop_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def urls(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Callable[[], Any]]:
    """Makes empty databases of one kind."""
    made: list[str] = []

    async def make() -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path / uuid4().hex}.db"
        made.append(await create_database(admin))
        return made[-1]

    admin = request.getfixturevalue("postgres_admin_url") if request.param != "sqlite" else ""
    yield make
    for url in made:
        await drop_database(admin, url)


@pytest.fixture
async def database(urls: Callable[[], Any]) -> AsyncIterator[Database]:
    database = opened(await urls())
    yield database
    await database.close()
