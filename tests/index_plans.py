"""By which indexes statements go, whatever their parameters are."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Connection, Index, String, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from adapters.schema.metadata import metadata
from adapters.sql.database import EVERYBODY
from adapters.sql.databases import open_database
from entrypoints.wiring.ambient import pause
from tests.contract.databases import PATIENT, create_tables
from tests.servers import create_database, drop_database, postgres_server

ROWS, ORGANIZATIONS = 2000, 20
GONE_BY = re.compile(r"INDEX (\w+)")
PARAMETER = re.compile(r"\$(\d+)")
# What rows have that are made up need not be true of anything.
UNCHECKED = """
DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT conrelid::regclass AS its, conname FROM pg_constraint
        WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.its, each.conname); END LOOP;
END $$
"""

DIALECT: Any = vars(postgresql)["dialect"]()
MADE_UP = {
    "UUID": "md5('{name}' || i)::uuid",
    "BOOLEAN": "i % 2 = 0",
    "DATE": "current_date - i",
    "TIMESTAMP WITH TIME ZONE": "now() - i * interval '1 minute'",
    "BYTEA": "decode(md5(i::text), 'hex')",
    "JSONB": "'{{}}'::jsonb",
    "JSON": "'{{}}'::json",
}

# What they are for is a check by the database that no statement shows.
OF_FOREIGN_KEYS = {"ix_quotations_organization_id_passage_id"}
# PostgreSQL goes by them where it is told the values, which it is at first and whenever it pays.
OF_KNOWN_VALUES = {
    "ix_crawl_urls_waiting",
    "ix_gift_credits_left",
    "ix_payments_parked",
    "ix_payments_silent",
    "ix_provider_events_not_applied",
    "ix_refunds_under_way",
}


async def idle_indexes(statements: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Those that keep nothing unique and serve none of the statements, which are by dialect."""
    with TemporaryDirectory() as folder, postgres_server() as admin_url:
        url = await create_database(admin_url)
        gone_by = await _asked(url, statements["postgresql"])
        await drop_database(admin_url, url)
        gone_by |= await _asked(f"sqlite:///{folder}/empty.db", statements["sqlite"])
    idle = {str(index.name) for index in _others()} - gone_by
    return idle - OF_FOREIGN_KEYS - OF_KNOWN_VALUES


def _others() -> Iterator[Index]:
    for table in metadata.sorted_tables:
        yield from (index for index in table.indexes if not index.unique)


async def _asked(url: str, statements: AbstractSet[str]) -> set[str]:
    await create_tables(url)
    database = open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    try:
        return await database.write(lambda on: _gone_by(on, statements), of=EVERYBODY)
    finally:
        await database.close()


def _gone_by(connection: Connection, statements: AbstractSet[str]) -> set[str]:
    how = _of_sqlite
    if connection.dialect.name == "postgresql":
        how = _of_postgres
        _fill(connection)
    used: set[str] = set()
    for number, statement in enumerate(statements):
        # Tables are asked that only a test has, or a release to come.
        with suppress(DBAPIError), connection.begin_nested():
            used.update(how(connection, statement, number))
    return used


def _of_postgres(connection: Connection, statement: str, number: int) -> Iterator[str]:
    # A name of its own: what is prepared stays when it cannot be planned and all else is undone.
    connection.exec_driver_sql(f"PREPARE asked_{number} AS {statement}")
    parameters = max(map(int, PARAMETER.findall(statement)), default=0)
    given = f"({', '.join(['NULL'] * parameters)})" if parameters else ""
    explained = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) EXECUTE asked_{number}{given}")
    (told,) = explained.scalar_one()
    yield from _named(told["Plan"])


def _named(node: Mapping[str, Any]) -> Iterator[str]:
    if "Index Name" in node:
        yield node["Index Name"]
    for part in node.get("Plans", ()):
        yield from _named(part)


def _of_sqlite(connection: Connection, statement: str, number: int) -> Iterator[str]:  # noqa: ARG001
    given = (None,) * statement.count("?")
    for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given):
        yield from GONE_BY.findall(step.detail)


def _fill(connection: Connection) -> None:
    """Each table with as many rows, of some organizations, of which few are alike otherwise."""
    connection.exec_driver_sql(UNCHECKED)
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column.computed is None]
        names = ", ".join(f'"{column.name}"' for column in columns)
        made_up = ", ".join(_made_up(table, column) for column in columns)
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) SELECT {made_up}"  # noqa: S608
            f" FROM generate_series(1, {ROWS}) AS i ON CONFLICT DO NOTHING"
        )
    connection.exec_driver_sql("ANALYZE")
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")


def _made_up(table: Table, column: Column[Any]) -> str:
    if column.name == "organization_id":
        return f"md5((i % {ORGANIZATIONS})::text)::uuid"
    if isinstance(column.type, String):
        number = "i" if column.name in _unique(table) else "i % 50"
        return f"right(({number})::text, {column.type.length or 10})"
    kind = column.type.compile(dialect=DIALECT).split("(")[0]
    return MADE_UP.get(kind, "i").format(name=column.name)


def _unique(table: Table) -> set[str]:
    kept = [each.columns for each in table.constraints if isinstance(each, UniqueConstraint)]
    indexes = [index.columns for index in table.indexes if index.unique]
    keys = (table.primary_key.columns, *kept, *indexes)
    return {column.name for columns in keys for column in columns}
