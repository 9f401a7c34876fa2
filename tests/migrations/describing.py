"""All that is known about the schema of a database, in words that can be compared."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text


def unhurried(connection: Connection) -> None:
    """Comparing takes as long as it takes; only steps have to get by without patience."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def described(connection: Connection) -> Mapping[str, Any]:
    """All that is known about the schema, in words that can be compared."""
    unhurried(connection)
    of_tables = tables_of_sqlite if connection.dialect.name == "sqlite" else tables_of_postgres
    return {
        "tables": of_tables(connection),
        "rest": sorted(map(str, connection.execute(text(details(connection))))),
    }


def tables_of_postgres(connection: Connection) -> Mapping[str, list[str]]:
    """In one question: SQLAlchemy asks half a dozen, and this is asked after each of the steps."""
    asked = """
        SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
            attgenerated, pg_get_expr(adbin, adrelid)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname <> 'alembic_version' AND attnum > 0 AND NOT attisdropped
        ORDER BY relname, attnum
    """
    tables: dict[str, list[str]] = {}
    for table, *column in connection.execute(text(asked)):
        tables.setdefault(table, []).append(str(column))
    return tables


def tables_of_sqlite(connection: Connection) -> Mapping[str, Mapping[str, Any]]:
    made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    known = sorted((name, sql) for name, sql in made if name != "alembic_version")
    return {name: _made_so(name, sql) for name, sql in known}


@cache
def _made_so(table: str, sql: str) -> Mapping[str, Any]:
    """What one statement makes: the text alone differs where columns were added afterwards."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text(sql))
        catalogue = inspect(connection)
        facts = {
            "columns": [str(sorted(column.items())) for column in catalogue.get_columns(table)],
            "primary key": str(catalogue.get_pk_constraint(table)),
            "foreign keys": sorted(map(str, catalogue.get_foreign_keys(table))),
            "unique": sorted(map(str, catalogue.get_unique_constraints(table))),
            "checks": sorted(map(str, catalogue.get_check_constraints(table))),
        }
    engine.dispose()
    return facts


def described_with_walls(connection: Connection) -> tuple[Mapping[str, Any], list[str]]:
    """The tables as the program knows them have no walls: those are built by the steps."""
    if connection.dialect.name == "sqlite":
        return described(connection), []
    policies = connection.execute(text("SELECT pg_policies::text FROM pg_policies")).scalars()
    return described(connection), sorted(map(str, policies))


def details(connection: Connection) -> str:
    """Asks for what SQLAlchemy does not compare: partial indexes, fill factors, sequences."""
    if connection.dialect.name == "sqlite":
        return "SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL"
    return """
        SELECT indexdef FROM pg_indexes
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        UNION ALL SELECT relname || ' ' || reloptions::text
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reloptions IS NOT NULL
        UNION ALL SELECT pg_sequences::text FROM pg_sequences
        UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                AND conrelid <> coalesce(to_regclass('alembic_version')::oid, 0)
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT pg_get_functiondef(oid)
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13
    """
