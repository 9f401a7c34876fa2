"""Every table with rows of organizations shows one organization's at a time, on PostgreSQL."""

from collections.abc import Sequence

from sqlalchemy import TextClause, Uuid, column, literal, select, text

from adapters.readers.verification_checks import Check
from adapters.sql.database import NOBODY
from adapters.sql.wall import LOOKED_THROUGH

# Nobody's in particular: tables belong to all.
OF_NOBODY = literal(NOBODY, Uuid).label("organization_id")

BLIND = text("""
    SELECT DISTINCT current_user AS subject FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND row_security_active(pg_class.oid) AND NOT pg_has_role(current_user, relowner, 'MEMBER')
""")

# PostgreSQL writes expressions in its own way, and so they are compared by what they mention.
EXPOSED = text("""
    SELECT relname AS subject FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND (
        NOT relrowsecurity OR NOT relforcerowsecurity
        OR NOT EXISTS (
            SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'organization'
        )
        OR EXISTS (
            SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polpermissive
            AND NOT CASE polname
                WHEN 'organization' THEN polcmd = '*'
                    AND pg_get_expr(polqual, polrelid) LIKE '(organization_id = %app.org%'
                    AND pg_get_expr(polwithcheck, polrelid) LIKE '(organization_id = %app.org%'
                WHEN 'owner' THEN polroles = ARRAY[relowner]
                WHEN 'program' THEN polcmd = 'r' AND relname::text = ANY(:looked_through)
                ELSE false
            END
        )
    )
""")


def wall_checks(dialect: str) -> Sequence[Check]:
    if dialect != "postgresql":
        return ()
    return (
        _check("everything_is_seen", BLIND, "does not own the tables and sees little of them"),
        _check(
            "tables_are_behind_the_wall",
            EXPOSED.bindparams(looked_through=sorted(LOOKED_THROUGH)),
            "shows rows of one organization to another",
        ),
    )


def _check(name: str, question: TextClause, detail: str) -> Check:
    found = question.columns(column("subject")).subquery()
    return Check(name=name, question=select(OF_NOBODY, found.c.subject), detail=detail)
