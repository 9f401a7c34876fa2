"""What a backup says of itself, in a file beside the others."""

from datetime import datetime
from hashlib import file_digest
from pathlib import Path

import msgspec

from application.kernel.backups import Backup, BackupTrouble, KeptFile

NAME = "backup.json"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    size: int
    sha256: str


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    made_at: datetime
    release: str
    revision: str
    files: dict[str, _File]


def written(backup: Backup) -> bytes:
    manifest = _Manifest(
        made_at=backup.made_at,
        release=backup.release,
        revision=backup.revision,
        files={
            name: _File(size=file.size, sha256=file.digest) for name, file in backup.files.items()
        },
    )
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read(folder: Path) -> Backup:
    try:
        manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=_Manifest)
    except OSError as error:
        raise BackupTrouble(f"{folder} is no backup: {NAME} cannot be read") from error
    except msgspec.DecodeError as error:
        raise BackupTrouble(f"{folder / NAME} is not as it was written: {error}") from error
    return Backup(
        folder=str(folder),
        made_at=manifest.made_at,
        release=manifest.release,
        revision=manifest.revision,
        files={
            name: KeptFile(size=file.size, digest=file.sha256)
            for name, file in manifest.files.items()
        },
    )


def kept(file: Path) -> KeptFile:
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return KeptFile(size=file.stat().st_size, digest=digest)


def demand_as_copied(backup: Backup) -> None:
    for name, file in backup.files.items():
        path = Path(backup.folder, name)
        if not path.is_file():
            raise BackupTrouble(f"{path} is missing")
        if kept(path) != file:
            raise BackupTrouble(f"{path} is not as it was copied")
