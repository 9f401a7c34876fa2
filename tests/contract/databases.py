"""Empty databases to test on, which insist that every statement keeps to one organization."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from sqlalchemy import Connection, event

from adapters import schema
from adapters.migrations.rights import let_in
from adapters.migrations.wall import build
from adapters.schema.metadata import metadata
from adapters.sealing.vault import Vault
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.databases import open_database
from adapters.sql.pooling import Pooling
from adapters.sql.vaults import NO_VAULT
from entrypoints.wiring.ambient import pause
from tests.newer_release import migrated_by_newer
from tests.servers import DESK_ROLE, administrator, at_the_desk

CONNECTIONS = 16
PATIENT = Pooling(size=CONNECTIONS, overflow=0)

for _module in walk_packages(schema.__path__, f"{schema.__name__}."):
    import_module(_module.name)  # it registers its tables
TABLES = {table.name for table in metadata.sorted_tables}

ITS_ORGANIZATION = "JOIN organizations ON api_keys.organization_id = organizations.organization_id"

# Questions of those who operate the program, who stand above all organizations, and those that
# come before it is known whose somebody is.
ABOVE_ORGANIZATIONS = (
    "WHERE api_keys.digest = ",
    f"FROM api_keys {ITS_ORGANIZATION} ORDER BY api_keys.created_at DESC",
    "FROM organizations ORDER BY organizations.slug",
    "FROM organizations WHERE organizations.slug = ",
    "FROM event_log WHERE event_log.position IS NULL",
    "FROM event_heads ORDER BY event_heads.organization_id",
    "FROM event_log WHERE event_log.position IS NOT NULL AND (event_log.organization_id, ",
    "FROM event_heads LEFT OUTER JOIN receipts ON ",
    "FROM bookings WHERE bookings.state = 'held' AND bookings.expires_at <= ",
    "FROM bookings WHERE bookings.state = 'in_progress' AND bookings.ends_at <= ",
    "FROM calls WHERE calls.deleted_at IS NULL AND calls.started_at >= ",
    "FROM calls WHERE calls.recorded_at IS NOT NULL AND calls.recorded_at < ",
    "FROM denials WHERE denials.began_at <= ",
    "FROM instalments WHERE instalments.next_at <= ",
    "FROM intents WHERE intents.expires_at <= ",
    "FROM event_heads WHERE event_heads.organization_id IN ",
    "FROM phone_numbers WHERE phone_numbers.ordered IS NOT NULL AND ",
    "FROM waiting_entries WHERE waiting_entries.state = 'waiting' AND waiting_entries.due_at <= ",
    "FROM queued_jobs ORDER BY queued_jobs.id",
    "FROM organizations WHERE EXISTS (SELECT * FROM resources WHERE ",
    "FROM certificate_numbers WHERE certificate_numbers.number = ",
)

# Tables with a column that is called like another table, which no statement about them names.
COLUMNS_LIKE_TABLES = {
    "booking_hours": "bookings",
    "booking_quarters": "bookings",
    "call_group_days": "calls",
    "call_hours": "calls",
    "call_inbound_hours": "calls",
    "call_quarters": "calls",
    "documents": "passages",
    "libraries": "passages",
    "offered_days": "bookings",
    "shelves": "passages",
}

# Where the organization comes from: a parameter of the statement, or the row that is inserted.
ANCHOR = r"organization_id = [$:?%]|INSERT INTO \w+ \(organization_id\b|organization_id, \w"


@asynccontextmanager
async def opened(
    url: str, pooling: Pooling = PATIENT, vault: Vault = NO_VAULT
) -> AsyncIterator[Database]:
    """The database at `url`, with somebody listening who knows whose rows may be touched."""
    database = open_database(
        at_the_desk(url), pooling=pooling, pause=pause, allow_unsafe=True, vault=vault
    )
    event.listen(database.engine, "before_cursor_execute", _must_keep_to_one_organization)
    try:
        yield database
    finally:
        await database.close()


async def create_tables(url: str) -> None:
    newer = await migrated_by_newer(url)
    database = open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    await database.write(_let_in if newer else _create, of=EVERYBODY)
    if database.engine.dialect.name == "sqlite":
        # What is only in the journal would be left behind when the file is copied.
        with database.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    await database.close()


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    build(connection)
    _let_in(connection)


def _let_in(connection: Connection) -> None:
    let_in(connection, DESK_ROLE)


def strays(statement: str) -> set[str]:
    """Tables that the statement names without saying of which organization."""
    plain = " ".join(statement.replace('"', "").split())
    if any(question in plain for question in ABOVE_ORGANIZATIONS):
        return set()
    named = {table for table in TABLES if re.search(rf"(?<!\.)\b{table}\b(?!\.)", plain)}
    named -= {COLUMNS_LIKE_TABLES[table] for table in named & COLUMNS_LIKE_TABLES.keys()}
    if not re.search(ANCHOR, plain):
        return named
    return {table for table in named if not _is_bound_somehow(table, plain)}


def _is_bound_somehow(table: str, statement: str) -> bool:
    """By its own name, or by all that it is called instead."""
    others = set(re.findall(rf"\b{table} AS (\w+)", statement))
    by_others = bool(others) and all(_is_bound(other, statement) for other in others)
    return by_others or _is_bound(table, statement)


def _is_bound(name: str, statement: str) -> bool:
    column = rf"\b{name}\.organization_id"
    ways = (
        rf"INSERT INTO {name} \(organization_id\b",
        rf"{column} = ",
        rf" = {column}\b",
        rf"\({column}, [\w.]+\) IN ",
    )
    return any(re.search(way, statement) for way in ways)


def _must_keep_to_one_organization(
    _connection: Any, _cursor: Any, statement: str, *_details: Any
) -> None:
    assert not strays(statement), statement


async def execute(url: str, *statements: str) -> None:
    """Plain SQL on PostgreSQL, past the program and whoever listens to it."""
    async with administrator(url) as connection:
        for statement in statements:
            await connection.execute(statement)


async def empty(url: str) -> None:
    """Deletes every row from a database on PostgreSQL, of the books as well."""
    tables = reversed(metadata.sorted_tables)
    deletions = (f'DELETE FROM "{table.name}"' for table in tables)  # noqa: S608
    await execute(url, ";".join(("SET session_replication_role = replica", *deletions)))
