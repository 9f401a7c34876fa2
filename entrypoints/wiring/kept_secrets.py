"""A secret that nobody was asked for: made once, and kept in a file."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path


def kept_secret(path: Path, new_secret: Callable[[], bytes]) -> Callable[[], bytes]:
    """Made when it is first asked for, the same for every process that has the file."""

    @cache
    def kept() -> bytes:
        if not path.exists():
            _keep(path, new_secret())
        return path.read_bytes()

    return kept


def _keep(path: Path, secret: bytes) -> None:
    """Whole or not at all, and the first one stays. Only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
