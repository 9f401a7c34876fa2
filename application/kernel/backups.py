"""Backups: what is there, copied while it is worked on, to begin again from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import attrs


class BackupTrouble(Exception):
    """A backup cannot be made or used; the message says why to whoever operates the program."""


@attrs.frozen(kw_only=True)
class KeptFile:
    """`digest` is SHA-256, in hexadecimal digits."""

    size: int
    digest: str


@attrs.frozen(kw_only=True)
class Backup:
    """`revision` is the last step of the schema it has; `files` are by their names in `folder`."""

    folder: str
    made_at: datetime
    release: str
    revision: str
    files: Mapping[str, KeptFile]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(file.size for file in self.files.values())


class Backups(Protocol):
    """Every operation raises BackupTrouble, and has then changed nothing that was there."""

    def make(self, within: str) -> Backup:
        """A new folder within the one given, while others go on working.

        It is there whole or not at all.
        """
        ...

    def newest(self, within: str) -> Backup: ...

    def look_at(self, folder: str) -> Backup:
        """Reads all of it: a file that is not as it was copied is trouble."""
        ...

    def is_of_an_older_schema(self, backup: Backup) -> bool:
        """Whether steps are to be taken before the program works on what was restored."""
        ...

    def restore(self, backup: Backup, *, replacing: bool) -> None:
        """Puts its files in place.

        With `replacing`, files that are there already are moved aside, under the name they had and
        the moment of it; nothing is deleted. Nobody may have them open.
        """
        ...


@attrs.frozen(kw_only=True)
class BackupsTold:
    """When the newest was made, and when one was last restored on trial and found whole."""

    made_at: datetime | None
    drilled_at: datetime | None


class Drills(Protocol):
    """What is noted of drills, beside the backups themselves."""

    def passed(self, backup: Backup, *, at: datetime) -> None: ...

    def __call__(self) -> BackupsTold: ...
