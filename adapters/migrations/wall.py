"""The wall in PostgreSQL: which rows a table shows, whatever a statement says.

A session says whose rows it is about in the setting `app.org`: see `adapters/sql/wall.py`.
"""

from collections.abc import Collection

from sqlalchemy import Connection, text

from adapters.sql.database import EVERYBODY
from adapters.sql.wall import LOOKED_THROUGH

# In a subquery, so that it is asked once a statement and not once a row. A setting that was made
# in a transaction is empty, not null, after it.
OURS = "organization_id = (SELECT nullif(current_setting('app.org', true), '')::uuid)"
OF_EVERYBODY = f"(SELECT current_setting('app.org', true)) = '{EVERYBODY}'"

TENANT_TABLES = (
    "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid "
    "WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') "
    "AND attname = 'organization_id' AND NOT attisdropped AND {} ORDER BY relname"
)
WITH_WALL, WITHOUT_WALL = (
    text(TENANT_TABLES.format(condition)) for condition in ("relrowsecurity", "NOT relrowsecurity")
)


def build(connection: Connection, *, looked_through: Collection[str] = LOOKED_THROUGH) -> None:
    """Around every table that has rows of organizations and no wall yet.

    The owner, who changes the schema, may do anything `of` EVERYBODY and nothing otherwise.
    """
    if connection.dialect.name != "postgresql":
        return
    for table in connection.execute(WITHOUT_WALL).scalars().all():
        for statement in _around(table, looked_through):
            connection.execute(text(statement))


def tear_down(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    for table in connection.execute(WITH_WALL).scalars().all():
        for statement in (
            f"DROP POLICY IF EXISTS organization ON {table}",
            f"DROP POLICY IF EXISTS owner ON {table}",
            f"DROP POLICY IF EXISTS program ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ):
            connection.execute(text(statement))


def _around(table: str, looked_through: Collection[str]) -> list[str]:
    everything = f"USING ({OF_EVERYBODY}) WITH CHECK ({OF_EVERYBODY})"
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY organization ON {table} USING ({OURS}) WITH CHECK ({OURS})",
        f"CREATE POLICY owner ON {table} TO CURRENT_USER {everything}",
    ]
    if table in looked_through:
        statements.append(f"CREATE POLICY program ON {table} FOR SELECT USING ({OF_EVERYBODY})")
    return statements
