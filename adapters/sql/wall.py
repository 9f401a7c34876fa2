"""Whose rows a connection to PostgreSQL shows: its server filters every table by it.

It is a setting of the session, so that a connection which stays with one organization is told
once. Whoever puts a pool of connections between has to pool sessions, not transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from adapters.sql.database import NOBODY
from domain.kernel.identifiers import OrganizationId

SHOW = "SELECT set_config('app.org', $1, false)"
SHOWN = "frontdesk.shown"  # lives and dies with the connection of the driver


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
