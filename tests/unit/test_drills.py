"""What is told of backups and drills, and of the disk they are on."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.backups.drills import NOTED, DrillsInFolder
from adapters.backups.manifests import NAME, written
from adapters.telemetry.readings import OfTheDisk
from application.kernel.backups import Backup, BackupsTold, BackupTrouble
from entrypoints.worker.stock import BackupsAreLookedAt
from tests.fakes.figures import MemoryFigures
from tests.samples import NOW

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)


def backup(folder: Path, made_at: datetime) -> Backup:
    """One that is there, whatever is in it."""
    made = Backup(folder=str(folder), made_at=made_at, release="1", revision="1", files={})
    folder.mkdir()
    (folder / NAME).write_bytes(written(made))
    return made


def test_there_may_be_none(tmp_path: Path) -> None:
    nothing = BackupsTold(made_at=None, drilled_at=None)

    assert DrillsInFolder(tmp_path)() == nothing
    assert DrillsInFolder(tmp_path / "nowhere")() == nothing


def test_the_newest_backup_and_the_last_drill_are_told(tmp_path: Path) -> None:
    drills = DrillsInFolder(tmp_path)
    old = backup(tmp_path / "old", NOW - DAY)
    new = backup(tmp_path / "new", NOW)
    backup(tmp_path / ".unfinished-newer", NOW + DAY)

    drills.passed(old, at=NOW - DAY)
    drills.passed(new, at=NOW)

    assert drills() == BackupsTold(made_at=NOW, drilled_at=NOW)


def test_a_note_that_is_not_as_it_was_written_is_told(tmp_path: Path) -> None:
    (tmp_path / NOTED).write_text("{")

    with pytest.raises(BackupTrouble, match=NOTED):
        DrillsInFolder(tmp_path)()


async def test_workers_tell_both_as_moments(tmp_path: Path) -> None:
    figures, drills = MemoryFigures(), DrillsInFolder(tmp_path)
    look = BackupsAreLookedAt(drills=drills, figures=figures)

    await look()
    never = dict(figures.levels)
    drills.passed(backup(tmp_path / "new", NOW - DAY), at=NOW)
    await look()

    assert set(never.values()) == {0}
    assert figures.levels == {
        ("frontdesk.backup.timestamp",): (NOW - DAY).timestamp(),
        ("frontdesk.backup.drill.timestamp",): NOW.timestamp(),
    }


def test_room_is_told_of_a_disk_that_is_there(tmp_path: Path) -> None:
    figures = MemoryFigures()

    OfTheDisk(figures, tmp_path / "nowhere")()
    nothing = dict(figures.levels)
    OfTheDisk(figures, tmp_path)()

    assert nothing == {}
    assert figures.levels["frontdesk.disk.free",] > 0
