"""What came of drills, in a file among the backups."""

from datetime import datetime
from pathlib import Path

import attrs
import msgspec

from adapters.backups.manifests import NAME, read
from application.kernel.backups import Backup, BackupsTold, BackupTrouble, Drills

NOTED = "drill.json"
UNFINISHED = ".unfinished-drill.json"


class _Drill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    backup: str
    passed_at: datetime


@attrs.frozen
class DrillsInFolder(Drills):
    """Several may write at once: one of them is the last."""

    within: Path

    def passed(self, backup: Backup, *, at: datetime) -> None:
        drill = _Drill(backup=Path(backup.folder).name, passed_at=at)
        unfinished = self.within / UNFINISHED
        unfinished.write_bytes(msgspec.json.encode(drill) + b"\n")
        unfinished.rename(self.within / NOTED)

    def __call__(self) -> BackupsTold:
        """Raises BackupTrouble where a file is not as it was written."""
        made = [read(found.parent).made_at for found in self.within.glob(f"[!.]*/{NAME}")]
        return BackupsTold(made_at=max(made, default=None), drilled_at=self._drilled_at())

    def _drilled_at(self) -> datetime | None:
        noted = self.within / NOTED
        if not noted.exists():
            return None
        try:
            return msgspec.json.decode(noted.read_bytes(), type=_Drill).passed_at
        except msgspec.DecodeError as error:
            raise BackupTrouble(f"{noted} is not as it was written: {error}") from error
