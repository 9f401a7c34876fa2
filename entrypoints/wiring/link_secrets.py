"""The secret that links are signed with: given, or made once and kept beside the database."""

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from entrypoints.wiring.settings import Settings

FILE = "link-secret"


LinkSecrets = Callable[[], Sequence[bytes]]


def link_secrets(settings: Settings, new_secret: Callable[[], bytes]) -> LinkSecrets:
    """The one that signs, and then what did before. None if there are no links.

    On SQLite there is one machine, which can keep its own; PostgreSQL has to be told.
    """
    if settings.link_secret is not None:
        given = [settings.link_secret, settings.link_secret_before]
        return lambda: [secret().encode() for secret in given if secret is not None]
    if not settings.on_sqlite:
        return lambda: ()
    path = settings.sqlite_folder / FILE

    @cache
    def kept() -> Sequence[bytes]:
        if not path.exists():
            _keep(path, new_secret())
        return (path.read_bytes(),)

    return kept


def _keep(path: Path, secret: bytes) -> None:
    """Whole or not at all, and the first one stays. Only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
