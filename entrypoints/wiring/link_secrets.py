"""The secret that links are signed with: given, or made once and kept beside the database."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from entrypoints.wiring.settings import Settings

FILE = "link-secret"


def link_secret(settings: Settings, new_secret: Callable[[], bytes]) -> Callable[[], bytes | None]:
    """On SQLite there is one machine, which can keep its own; PostgreSQL has to be told."""
    if settings.link_secret is not None:
        given = settings.link_secret.encode()
        return lambda: given
    if not settings.on_sqlite:
        return lambda: None
    path = settings.sqlite_folder / FILE

    @cache
    def kept() -> bytes:
        if not path.exists():
            _keep(path, new_secret())
        return path.read_bytes()

    return kept


def _keep(path: Path, secret: bytes) -> None:
    """Whole or not at all, and the first one stays. Only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
