"""A terminal on an SQLite file, and one on PostgreSQL."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.servers import at_the_desk, free_port


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal({"FRONTDESK_DATA_DIR": str(tmp_path), "FRONTDESK_HTTP_PORT": str(free_port())})


@pytest.fixture
async def postgres_terminal(tmp_path: Path, postgres_url: str) -> Terminal:
    return Terminal(
        {
            "FRONTDESK_DATA_DIR": str(tmp_path),
            "FRONTDESK_DATABASE_URL": at_the_desk(postgres_url).replace("+asyncpg", ""),
            "FRONTDESK_DATABASE_OWNER_URL": postgres_url.replace("+asyncpg", ""),
            "FRONTDESK_ALLOW_UNSAFE_DATABASE": "true",
            "FRONTDESK_HTTP_PORT": str(free_port()),
        }
    )
