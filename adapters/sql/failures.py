"""What a database error means to whoever asked: decide again, wait, or a bug of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from application.kernel.ports import Stale
from application.kernel.refusals import Busy, StorageFull, Unavailable

# SQLSTATE: unique violation.
DUPLICATE = "23505"
# SQLSTATE: serialization failure, deadlock.
DECIDE_AGAIN = {"40001", "40P01"}
# SQLSTATE: lock not available, statement cancelled by a timeout.
CONTENDED = {"55P03", "57014"}
# SQLSTATE: disk full.
FULL = "53100"
# Classes of SQLSTATE: connection exception, not let in, no such database, insufficient resources,
# operator intervention.
AWAY = ("08", "28", "3D", "53", "57")

DUPLICATE_IN_SQLITE = {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"}
# Beginnings: extended codes say more, such as SQLITE_IOERR_WRITE.
AWAY_IN_SQLITE = ("SQLITE_BUSY", "SQLITE_IOERR", "SQLITE_CANTOPEN")


class Duplicate(Stale):
    """A row that others have a claim to already."""

    def __init__(self, table: str) -> None:
        super().__init__(f"a row of {table}")
        self.table = table


@contextmanager
def explained() -> Iterator[None]:
    """Turns errors that no statement of ours is to blame for into refusals; others pass."""
    try:
        yield
    except PoolExhausted as error:
        raise Busy from error
    except DBAPIError as error:
        raise _meaning(error, error.orig, gone=error.connection_invalidated) from error
    except sqlite3.Error as error:  # of a statement that passed SQLAlchemy by
        raise _meaning(error, error) from error
    except OSError as error:  # the server cannot be reached at all
        raise Unavailable from error


def _meaning(error: Exception, orig: BaseException | None, *, gone: bool = False) -> Exception:
    state = getattr(orig, "sqlstate", None) or ""
    sqlite = getattr(orig, "sqlite_errorname", None) or ""
    if state == DUPLICATE or sqlite in DUPLICATE_IN_SQLITE:
        return Duplicate(_table(orig))
    if state in DECIDE_AGAIN:
        return Stale(f"{type(orig).__name__} {state or sqlite}")
    if state in CONTENDED:
        return Busy()
    if state == FULL or sqlite == "SQLITE_FULL":
        return StorageFull()
    if gone or state.startswith(AWAY) or sqlite.startswith(AWAY_IN_SQLITE):
        return Unavailable()
    return error


def _table(orig: BaseException | None) -> str:
    """The table whose row would have been there twice."""
    if isinstance(orig, sqlite3.Error):  # UNIQUE constraint failed: <table>.<column>, ...
        return str(orig).rpartition(": ")[2].partition(".")[0]
    # SQLAlchemy's adapter passes on what PostgreSQL said as the cause of its own error.
    return str(getattr(orig and orig.__cause__, "table_name", ""))
