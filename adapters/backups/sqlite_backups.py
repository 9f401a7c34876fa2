"""Backups of what is kept in SQLite files, each a folder."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import attrs

from adapters.backups.manifests import NAME, demand_as_copied, kept, read, written
from adapters.backups.sqlite_files import SIDE_FILES, copy_of, demand_unused, revision_of
from application.kernel.backups import Backup, Backups, BackupTrouble

STAMP = "%Y-%m-%dT%H-%M-%SZ"
UNFINISHED = ".unfinished-"


@attrs.frozen(kw_only=True)
class SqliteBackups(Backups):
    """`files` are by the names that copies have, and are copied in this order.

    There has to be the first one, which has the schema. What is written meanwhile is only in the
    copies of those that come later: a job that is handed over by the first and taken by the second
    is in one copy at least.
    """

    files: Mapping[str, Path]
    release: str
    revision: str
    clock: Callable[[], datetime]

    def make(self, within: str) -> Backup:
        made_at = self.clock()
        whole = Path(within, made_at.strftime(STAMP))
        if whole.exists():
            raise BackupTrouble(f"{whole} is there already")
        whole.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished(whole.parent) as begun:
            backup = self._fill(begun, made_at)
            begun.rename(whole)
        _sync(whole.parent)
        return attrs.evolve(backup, folder=str(whole))

    def _fill(self, folder: Path, made_at: datetime) -> Backup:
        [main, *_] = self.files
        if not self.files[main].is_file():
            raise BackupTrouble(f"there is no database in {self.files[main]}")
        there = {name: file for name, file in self.files.items() if file.is_file()}
        for name, file in there.items():
            copy_of(file, folder / name)
            _sync(folder / name)
        backup = Backup(
            folder=str(folder),
            made_at=made_at,
            release=self.release,
            revision=revision_of(folder / main),
            files={name: kept(folder / name) for name in there},
        )
        (folder / NAME).write_bytes(written(backup))
        _sync(folder / NAME)
        _sync(folder)
        return backup

    def newest(self, within: str) -> Backup:
        folders = [found.parent for found in Path(within).glob(f"[!.]*/{NAME}")]
        if not folders:
            raise BackupTrouble(f"there is no backup in {within}")
        return max(map(read, folders), key=lambda backup: backup.made_at)

    def look_at(self, folder: str) -> Backup:
        backup = read(Path(folder))
        demand_as_copied(backup)
        return backup

    def is_of_an_older_schema(self, backup: Backup) -> bool:
        return backup.revision < self.revision

    def restore(self, backup: Backup, *, replacing: bool) -> None:
        self._demand_of_this_release(backup)
        demand_as_copied(backup)
        there = [file for file in self.files.values() if file.exists()]
        if there and not replacing:
            raise BackupTrouble(f"{there[0]} is there already, and is not overwritten")
        for file in there:
            demand_unused(file)
        with self._copies_beside(backup) as copies:
            self._move_aside(there)
            for name, copy in copies.items():
                copy.rename(self.files[name])
                _sync(copy.parent)

    @contextmanager
    def _copies_beside(self, backup: Backup) -> Iterator[Mapping[str, Path]]:
        """On the disk they are to be on, so that they can be moved to their places at once."""
        copies = {name: self.files[name].with_name(f"{UNFINISHED}{name}") for name in backup.files}
        try:
            for name, copy in copies.items():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(backup.folder, name), copy)
                _sync(copy)
            yield copies
        finally:
            for copy in copies.values():
                copy.unlink(missing_ok=True)

    def _demand_of_this_release(self, backup: Backup) -> None:
        if backup.revision > self.revision:
            raise BackupTrouble(
                f"the backup is of release {backup.release}, which is newer than this one"
            )

    def _move_aside(self, there: Sequence[Path]) -> None:
        moment = self.clock().strftime(STAMP)
        for file in there:
            for ending in ("", *SIDE_FILES):
                part = Path(f"{file}{ending}")
                if part.exists():
                    part.rename(part.with_name(f"{file.name}.before-{moment}{ending}"))


@contextmanager
def _unfinished(within: Path) -> Iterator[Path]:
    """A folder that is gone afterwards, unless it was given another name."""
    folder = Path(tempfile.mkdtemp(dir=within, prefix=UNFINISHED))
    try:
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
