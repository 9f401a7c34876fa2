"""What a start does not load, since everybody would wait for it."""

import os
import sys
from pathlib import Path

import pytest
from anyio import run_process

from tests.servers import at_the_desk, free_port

pytestmark = pytest.mark.anyio

LATER = frozenset(
    {
        "adapters.embedding.onnx",
        "aiohttp",  # the way out
        "alembic",
        "cryptography.x509",
        "dbos",  # jobs
        "docx",
        "entrypoints.worker.main",
        "httpx",  # a model that listens
        "jsonschema",  # requests that are refused
        "psycopg",
        "pyarrow",
        "pygal",
        "pypdf",
        "stripe",
        "twilio",
        "xlsxwriter",
    }
)
OF_POSTGRESQL = frozenset({"asyncpg", "sqlalchemy.ext.asyncio", "sqlalchemy.orm"})


async def loaded(url: str, folder: Path) -> set[str]:
    """By a process that serves, once it could be asked."""
    options = {
        "FRONTDESK_DATABASE_URL": url,
        "FRONTDESK_DATA_DIR": str(folder),
        "FRONTDESK_ALLOW_UNSAFE_DATABASE": "true",
    }
    ended = await run_process(
        [sys.executable, "-m", "tests.cli.serving", str(free_port())],
        env={**os.environ, **options},
    )
    return set(ended.stdout.decode().split())


async def test_what_few_need_is_loaded_when_it_is_needed(tmp_path: Path) -> None:
    found = await loaded(f"sqlite:///{tmp_path}/desk.db", tmp_path)

    assert "entrypoints.http.app" in found
    assert not found & (LATER | OF_POSTGRESQL)


async def test_on_postgresql_its_driver_comes_with_it(postgres_url: str, tmp_path: Path) -> None:
    found = await loaded(at_the_desk(postgres_url), tmp_path)

    assert found >= OF_POSTGRESQL
    assert not found & LATER
