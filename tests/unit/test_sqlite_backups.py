"""Copies are whole whoever writes, and what is restored is what was copied, or nothing changes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path
from threading import Event, Thread

import attrs
import pytest

from adapters.backups.sqlite_backups import SqliteBackups
from application.kernel.backups import Backup, BackupTrouble

MADE_AT = datetime(2026, 3, 29, 1, 30, tzinfo=timezone.utc)
STAMP = "2026-03-29T01-30-00Z"


@attrs.define
class Place:
    """An installation in a folder, whose clock is set by hand."""

    folder: Path
    now: datetime = MADE_AT
    revision: str = "0007"

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def jobs(self) -> Path:
        return self.folder / "jobs.db"

    @property
    def kept(self) -> str:
        return str(self.folder / "backups")

    def in_backup(self, name: str) -> Path:
        return Path(self.kept, STAMP, name)

    @property
    def backups(self) -> SqliteBackups:
        return SqliteBackups(
            files={"frontdesk.db": self.database, "jobs.db": self.jobs},
            release="1.2",
            revision=self.revision,
            clock=lambda: self.now,
        )

    def book(self, name: str) -> None:
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute("INSERT INTO bookings VALUES (?)", [name])

    @property
    def booked(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as database:
            return [name for (name,) in database.execute("SELECT name FROM bookings")]

    def restore(self, backup: Backup) -> None:
        self.backups.restore(self.backups.look_at(backup.folder), replacing=True)


def begun(folder: Path) -> Place:
    place = Place(folder)
    with closing(sqlite3.connect(place.database)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('0007')")
        database.execute("CREATE TABLE bookings (name TEXT)")
    with closing(sqlite3.connect(place.jobs)) as jobs, jobs:
        jobs.execute("CREATE TABLE jobs (name TEXT)")
    return place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return begun(tmp_path)


def test_a_backup_says_what_is_in_it(place: Place) -> None:
    backup = place.backups.make(place.kept)

    told = json.loads(place.in_backup("backup.json").read_bytes())
    assert [folder.name for folder in Path(place.kept).iterdir()] == [STAMP]
    assert sorted(file.name for file in Path(backup.folder).iterdir()) == sorted(
        ["backup.json", *told["files"]]
    )
    assert list(told["files"]) == ["frontdesk.db", "jobs.db"]
    assert (told["release"], told["revision"]) == ("1.2", "0007")
    assert place.backups.newest(place.kept) == place.backups.look_at(backup.folder) == backup


def test_it_holds_what_is_not_yet_in_the_file_itself(place: Place) -> None:
    with closing(sqlite3.connect(place.database)) as reader:
        reader.execute("SELECT * FROM bookings").fetchone()
        place.book("in the log")
        backup = place.backups.make(place.kept)

    place.restore(backup)
    assert place.booked == ["in the log"]


def test_what_came_after_it_is_moved_aside(place: Place) -> None:
    place.book("before")
    backup = place.backups.make(place.kept)
    place.book("after")

    place.restore(backup)

    assert place.booked == ["before"]
    (place.folder / f"desk.db.before-{STAMP}").rename(place.database)
    assert place.booked == ["before", "after"]


def test_nothing_is_moved_unless_that_is_wished(place: Place) -> None:
    backup = place.backups.make(place.kept)
    place.book("after")

    with pytest.raises(BackupTrouble, match="is there already"):
        place.backups.restore(backup, replacing=False)
    assert place.booked == ["after"]


def test_an_empty_place_is_filled(place: Place, tmp_path: Path) -> None:
    place.book("before")
    elsewhere = Place(tmp_path / "new")

    elsewhere.backups.restore(place.backups.make(place.kept), replacing=False)

    assert elsewhere.booked == ["before"]
    assert sorted(file.name for file in elsewhere.folder.iterdir()) == ["desk.db", "jobs.db"]


def test_a_file_that_is_in_use_stays_where_it_is(place: Place) -> None:
    backup = place.backups.make(place.kept)
    place.book("after")

    with closing(sqlite3.connect(place.jobs)) as used:
        used.execute("PRAGMA journal_mode=WAL")
        used.execute("SELECT * FROM jobs").fetchone()
        with pytest.raises(BackupTrouble, match="open: stop the program first"):
            place.restore(backup)

    assert place.booked == ["after"]
    assert not list(place.folder.glob(".*"))
    assert not list(place.folder.glob("*.before-*"))


def test_a_database_that_is_damaged_is_not_copied_but_moved_aside(place: Place) -> None:
    place.book("before")
    backup = place.backups.make(place.kept)
    place.database.write_bytes(b"what a broken disk leaves" * 1000)
    place.now = datetime(2026, 3, 30, tzinfo=timezone.utc)

    with pytest.raises(BackupTrouble, match="cannot be copied"):
        place.backups.make(place.kept)
    place.restore(backup)

    assert place.booked == ["before"]
    assert [folder.name for folder in Path(place.kept).iterdir()] == [STAMP]


def test_a_damaged_backup_is_found_and_not_used(place: Place) -> None:
    backup = place.backups.make(place.kept)
    content = bytearray(place.in_backup("frontdesk.db").read_bytes())
    content[len(content) // 2] ^= 1
    place.in_backup("frontdesk.db").write_bytes(content)
    place.book("after")

    with pytest.raises(BackupTrouble, match=r"frontdesk\.db is not as it was copied"):
        place.backups.look_at(backup.folder)
    with pytest.raises(BackupTrouble, match=r"frontdesk\.db is not as it was copied"):
        place.backups.restore(backup, replacing=True)
    assert place.booked == ["after"]


def test_a_backup_without_one_of_its_files_is_none(place: Place) -> None:
    backup = place.backups.make(place.kept)
    place.in_backup("jobs.db").unlink()

    with pytest.raises(BackupTrouble, match=r"jobs\.db is missing"):
        place.backups.look_at(backup.folder)


def test_a_backup_of_a_newer_release_is_refused(place: Place) -> None:
    backup = place.backups.make(place.kept)
    place.revision = "0006"

    with pytest.raises(BackupTrouble, match=r"of release 1\.2, which is newer"):
        place.backups.restore(backup, replacing=True)


def test_one_of_an_older_release_is_to_be_brought_up(place: Place) -> None:
    backup = place.backups.make(place.kept)
    assert not place.backups.is_of_an_older_schema(backup)

    place.revision = "0008"
    assert place.backups.is_of_an_older_schema(backup)


def test_there_is_nothing_to_copy_or_to_try(tmp_path: Path) -> None:
    nothing = Place(tmp_path)

    with pytest.raises(BackupTrouble, match="there is no database"):
        nothing.backups.make(nothing.kept)
    with pytest.raises(BackupTrouble, match="there is no backup"):
        nothing.backups.newest(nothing.kept)
    assert not list(Path(nothing.kept).iterdir())


def test_the_newest_is_that_of_the_latest_moment(place: Place) -> None:
    for day in (3, 1, 2):
        place.now = datetime(2026, 4, day, tzinfo=timezone.utc)
        place.backups.make(place.kept)

    assert place.backups.newest(place.kept).folder.endswith("/2026-04-03T00-00-00Z")


def test_a_copy_is_as_of_one_moment(place: Place) -> None:
    with closing(sqlite3.connect(place.database)) as database, database:
        database.execute("CREATE TABLE credits (filler BLOB)")
        database.execute("CREATE TABLE debits (filler BLOB)")
    with _somebody_writing(place.database) as written:
        written.wait(10)
        for number in range(5):
            place.now = datetime(2026, 4, 1 + number, tzinfo=timezone.utc)
            place.backups.make(place.kept)

    for copied in Path(place.kept).glob("*/frontdesk.db"):
        with closing(sqlite3.connect(copied)) as copy:
            [credits] = copy.execute("SELECT count(*) FROM credits").fetchone()
            [debits] = copy.execute("SELECT count(*) FROM debits").fetchone()
        assert credits == debits > 0


@contextmanager
def _somebody_writing(file: Path) -> Iterator[Event]:
    """To both tables, always in one transaction."""
    written, enough = Event(), Event()

    def write() -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as database:
            while not enough.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO credits VALUES (zeroblob(5000))")
                database.execute("INSERT INTO debits VALUES (zeroblob(5000))")
                database.execute("COMMIT")
                written.set()

    writer = Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        enough.set()
        writer.join()
