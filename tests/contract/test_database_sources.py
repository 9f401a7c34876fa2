"""Tables in other people's databases: read in order, and never written."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from adapters.connectors.databases import SqlConnector
from adapters.egress.addresses import is_outside
from application.pipelines.connecting import Origin, SourceRefused, SourceTrouble
from application.pipelines.credentials import Credentials, full_name
from domain.pipelines.source_options import SourceKind, SqlOptions
from tests.contract.data_desks import (
    NAMED,
    NOW,
    ORGANIZATION,
    everything,
    from_each_cursor,
    origin,
)
from tests.fakes.source_secrets import MemorySecrets

pytestmark = pytest.mark.anyio

CHANGED = [f"2026-02-0{1 + number // 2} 10:00:00" for number in range(7)]
GUESTS = SqlOptions(table="guests", key="id", cursor="changed")
MAKE = "CREATE TABLE guests (id INTEGER PRIMARY KEY, name TEXT, changed {})"


async def resolve(name: str) -> Sequence[str]:
    return {"db.example": ["8.8.8.8"], "localhost": ["127.0.0.1"]}.get(name, ["127.0.0.1"])


def connector(
    *, folder: Path | None = None, internal: frozenset[str] = frozenset(), **secrets: str
) -> SqlConnector:
    kept = {full_name(ORGANIZATION, name): value for name, value in secrets.items()}
    return SqlConnector(
        credentials=Credentials(MemorySecrets(kept)),
        clock=lambda: NOW,
        seconds=lambda: 0.0,
        resolve=resolve,
        is_outside=is_outside,
        internal=internal,
        folder=folder,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / ORGANIZATION.hex
    folder.mkdir()
    with sqlite3.connect(folder / "crm.db") as database:
        database.execute(MAKE.format("TEXT"))
        for number, changed in enumerate(CHANGED):
            database.execute(
                "INSERT INTO guests VALUES (?, ?, ?)", (number, f"guest {number}", changed)
            )
        database.execute("INSERT INTO guests VALUES (99, 'never changed', NULL)")
    database.close()
    return tmp_path


def sqlite(options: SqlOptions = GUESTS, name: str = "sqlite:crm.db") -> Origin:
    return origin(SourceKind.SQL, options, name)


async def test_rows_of_a_file_come_once_and_from_each_cursor(file: Path) -> None:
    reading = connector(folder=file)

    found = await everything(reading, sqlite(), limit=2)

    assert [row["id"] for row in found] == list(range(7))
    assert found[0] == {"id": 0, "name": "guest 0", "changed": CHANGED[0]}
    await from_each_cursor(reading, sqlite(), limit=2)
    by_key = SqlOptions(table="guests", key="id", columns=("name",))
    assert len(await everything(reading, sqlite(by_key), limit=3)) == 8


async def test_a_later_run_finds_what_is_new(file: Path) -> None:
    reading = connector(folder=file)
    page = await reading.page(sqlite(), None, limit=100)
    with sqlite3.connect(file / ORGANIZATION.hex / "crm.db") as database:
        database.execute("INSERT INTO guests VALUES (8, 'new', '2026-02-09 10:00:00')")
    database.close()

    assert page.next is None
    later = await everything(reading, sqlite(), limit=9, after=page.later)
    assert [row["id"] for row in later] == [8]


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("sqlite:none.db", GUESTS, "not_found"),
        ("sqlite:../crm.db", GUESTS, "address_refused"),
        ("sqlite:/etc/passwd", GUESTS, "address_refused"),
        ("sqlite:crm.db", SqlOptions(table="none", key="id"), "bad_question"),
        ("sqlite:crm.db", SqlOptions(table='x"; DROP TABLE guests', key="id"), "bad_question"),
    ],
)
async def test_what_is_not_there_is_refused(
    file: Path, name: str, options: SqlOptions, reason: str
) -> None:
    reading = connector(folder=file)

    with pytest.raises(SourceRefused, match=reason):
        await reading.page(sqlite(options, name), None, limit=1)
    assert len(await everything(reading, sqlite(), limit=9)) == 7


async def test_files_of_others_are_out_of_reach(file: Path) -> None:
    (file / ORGANIZATION.hex / "theirs.db").symlink_to(file / "elsewhere.db")

    for reading in (connector(folder=file), connector()):
        with pytest.raises(SourceRefused):
            await reading.page(sqlite(name="sqlite:theirs.db"), None, limit=1)


async def test_validating_a_file_says_version_and_clock(file: Path) -> None:
    found = await connector(folder=file).validate(sqlite(), within=timedelta(seconds=5))

    assert found.reachable
    assert str(found.version).startswith("SQLite 3")
    assert found.clock_difference_ms is not None


def on_postgres(url: str, options: SqlOptions = GUESTS) -> tuple[SqlConnector, Origin]:
    parts = urlsplit(url.replace("postgresql+asyncpg", "postgresql"))
    host, port = parts.hostname or "", parts.port or 5432
    reading = connector(
        internal=frozenset({f"{host}:{port}"}),
        user=parts.username or "",
        password=parts.password or "x",
    )
    address = f"postgresql://{host}:{port}{parts.path}"
    return reading, origin(SourceKind.SQL, options, address, NAMED)


@pytest.fixture
def postgres(postgres_admin_url: str) -> str:
    plain = postgres_admin_url.replace("postgresql+asyncpg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as database:
        database.execute("DROP SCHEMA IF EXISTS crm CASCADE")
        database.execute("CREATE SCHEMA crm")
        database.execute(MAKE.replace("guests", "crm.guests").format("timestamptz").encode())
        for number, changed in enumerate(CHANGED):
            database.execute(
                "INSERT INTO crm.guests VALUES (%s, %s, %s)", (number, "guest", changed + "+00")
            )
        database.execute("INSERT INTO crm.guests VALUES (50, 'now', now())")
    return postgres_admin_url


async def test_rows_of_postgresql_come_once_and_from_each_cursor(postgres: str) -> None:
    options = SqlOptions(table="guests", key="id", cursor="changed", schema="crm", lag_seconds=60)
    reading, source = on_postgres(postgres, options)

    found = await everything(reading, source, limit=2)

    assert [row["id"] for row in found] == list(range(7))  # and not the one of just now
    assert datetime.fromisoformat(str(found[0]["changed"])) == datetime(
        2026, 2, 1, 10, tzinfo=timezone.utc
    )
    await from_each_cursor(reading, source, limit=2)
    verdict = await reading.validate(source, within=timedelta(seconds=10))
    assert verdict.reachable
    assert str(verdict.version).startswith("PostgreSQL ")


async def test_nothing_is_written_and_nothing_takes_for_ever(postgres: str) -> None:
    reading, source = on_postgres(postgres)
    engine = await reading._engine(source)  # noqa: SLF001
    try:
        with engine.connect() as connection:
            told: Any = connection.exec_driver_sql(
                "SELECT current_setting('default_transaction_read_only'), "
                "current_setting('statement_timeout')"
            ).one()
    finally:
        engine.dispose()

    assert tuple(told) == ("on", "30s")


@pytest.mark.parametrize(
    "address",
    ["postgresql://localhost:5432/x", "postgresql://10.0.0.8/x", "postgresql://inside/x"],
)
async def test_databases_inside_are_out_of_reach(address: str) -> None:
    reading, source = connector(), origin(SourceKind.SQL, GUESTS, address)

    with pytest.raises(SourceTrouble, match="address_refused"):
        await reading.page(source, None, limit=1)
    verdict = await reading.validate(source, within=timedelta(seconds=2))
    assert (verdict.reachable, verdict.detail) == (False, "address_refused")
