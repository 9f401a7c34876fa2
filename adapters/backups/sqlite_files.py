"""SQLite files: copied while they are written to, looked through, and taken out of use."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from application.kernel.backups import BackupTrouble

SIDE_FILES = ("-wal", "-shm")
BUSY = 10  # seconds to wait for whoever writes


def copy_of(source: Path, target: Path) -> None:
    """As of one moment: in one read transaction, which no writer waits for.

    The copy is a single file; whoever opens it next switches it to a write-ahead log again.
    """
    address = f"file:{quote(str(source.resolve()))}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True, timeout=BUSY)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            _demand_whole(copy, source)
    except sqlite3.Error as error:
        raise BackupTrouble(f"{source} cannot be copied: {error}") from error


def revision_of(file: Path) -> str:
    """The last step of the schema that was taken."""
    with closing(sqlite3.connect(file)) as database:
        try:
            found = database.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.Error as error:
            raise BackupTrouble(f"{file} has no schema of this program") from error
    if found is None:
        raise BackupTrouble(f"{file} has no schema of this program")
    return str(found[0])


def demand_unused(file: Path) -> None:
    """Only whoever is alone with a file may take its write-ahead log away from it."""
    try:
        with closing(sqlite3.connect(file, timeout=0)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BackupTrouble(f"somebody has {file} open: stop the program first") from error
    except sqlite3.DatabaseError:
        return  # nobody can work with a file that is damaged, which is why it is replaced


def _demand_whole(copy: sqlite3.Connection, source: Path) -> None:
    (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise BackupTrouble(f"{source} is damaged: {found}")
