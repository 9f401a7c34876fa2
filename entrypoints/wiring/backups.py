"""Backups of this installation."""

from importlib.metadata import version
from pathlib import Path

from adapters.backups.drills import DrillsInFolder
from adapters.backups.sqlite_backups import SqliteBackups
from adapters.migrations.runner import HEAD
from application.kernel.backups import Backups, BackupTrouble, Drills
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.settings import Settings

DATABASE, JOBS = "frontdesk.db", "jobs.db"


def backups_of(settings: Settings) -> Backups:
    """Raises BackupTrouble where the database has tools of its own for it."""
    if not settings.on_sqlite:
        raise BackupTrouble(
            "the database is PostgreSQL: take backups with pg_dump or by archiving its log, "
            "as docs/operations.md says"
        )
    database = Path(settings.url.removeprefix("sqlite:///"))
    return SqliteBackups(
        files={DATABASE: database, JOBS: settings.sqlite_folder / JOBS},
        release=version("frontdesk"),
        revision=HEAD,
        clock=utc_now,
    )


def drills_in(within: Path) -> Drills:
    return DrillsInFolder(within)
