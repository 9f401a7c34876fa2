"""All that is known about the schema of a database, in words that can be compared."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, inspect, text


def unhurried(connection: Connection) -> None:
    """Comparing takes as long as it takes; only steps have to get by without patience."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def described(connection: Connection) -> Mapping[str, Any]:
    """All that is known about the schema, in words that can be compared."""
    unhurried(connection)
    catalogue = inspect(connection)
    tables = sorted(set(catalogue.get_table_names()) - {"alembic_version"})
    facts = {
        table: {
            "columns": [str(sorted(column.items())) for column in catalogue.get_columns(table)],
            "primary key": str(catalogue.get_pk_constraint(table)),
            "foreign keys": sorted(map(str, catalogue.get_foreign_keys(table))),
            "unique": sorted(map(str, catalogue.get_unique_constraints(table))),
            "checks": sorted(map(str, catalogue.get_check_constraints(table))),
        }
        for table in tables
    }
    return {
        "tables": facts,
        "rest": sorted(map(str, connection.execute(text(details(connection))))),
    }


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
        UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                AND conrelid <> coalesce(to_regclass('alembic_version')::oid, 0)
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT pg_get_functiondef(oid)
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13
    """
