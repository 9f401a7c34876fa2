"""Whose rows a connection to PostgreSQL shows: its server filters every table by it.

It is a setting of the session, so that a connection which stays with one organization is told
once. Whoever puts a pool of connections between has to pool sessions, not transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from adapters.sql.database import NOBODY
from domain.kernel.identifiers import OrganizationId

SHOW = "SELECT set_config('app.org', $1, false)"
SHOWN = "frontdesk.shown"  # lives and dies with the connection of the driver

# What the program looks through to find out for whom there is something to do, or who asks.
LOOKED_THROUGH = frozenset(
    {
        "access_versions",
        "agents",
        "api_keys",
        "blocks",
        "bookings",
        "books_summed_up",
        "calls",
        "certificate_numbers",
        "channels",
        "data_sources",
        "denials",
        "escalations",
        "event_heads",
        "event_log",
        "gift_credits",
        "instalments",
        "intents",
        "organizations",
        "payments",
        "phone_numbers",
        "pipelines",
        "queued_jobs",
        "receipts",
        "reconciliations",
        "refunds",
        "report_schedules",
        "resources",
        "sites",
        "waiting_entries",
    }
)


@contextmanager
def showing(engine: Engine, of: OrganizationId) -> Iterator[Connection]:
    """A connection of an engine that commits every statement: a rollback would unset it again."""
    with engine.connect() as connection:
        if connection.info.get(SHOWN, NOBODY) != of:
            connection.info[SHOWN] = None  # unknown, should the next line fail
            connection.exec_driver_sql(SHOW, (str(of),))
            connection.commit()  # only for SQLAlchemy, which may be told to do it otherwise now
            connection.info[SHOWN] = of
        yield connection


# Members of the owner may become the owner.
PRIVILEGE = text("""
    SELECT CASE
        WHEN rolsuper THEN 'a superuser'
        WHEN rolbypassrls THEN 'a role with BYPASSRLS'
        WHEN EXISTS (
            SELECT FROM pg_class
            JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
            AND pg_has_role(current_user, relowner, 'MEMBER')
        ) THEN 'the owner of its tables'
    END
    FROM pg_roles WHERE rolname = current_user
""")


def privilege_of_role(connection: Connection) -> str | None:
    """What lets the role past the wall, or tear it down."""
    privilege: str | None = connection.execute(PRIVILEGE).scalar_one()
    return privilege
