"""Living executors on one machine: a locked file each."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.jobs.presence import Presence


class FilePresence(Presence):
    def __init__(self, folder: Path, executor_id: str) -> None:
        self._folder = folder
        self._executor_id = executor_id
        self._descriptor: int | None = None

    def announce(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in self._folder.glob("*.lock"):
            with self.bury(path.stem):
                """Whoever died without work left behind leaves only a file."""
        while self._descriptor is None:
            self._descriptor = self._locked(self._executor_id, fcntl.LOCK_EX)

    def renew(self) -> bool:
        return True

    @contextmanager
    def bury(self, executor_id: str, /) -> Iterator[bool]:
        descriptor = self._locked(executor_id, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if descriptor is None:
            yield False
            return
        try:
            yield True
            self._path(executor_id).unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def withdraw(self) -> None:
        if self._descriptor is not None:
            self._path(self._executor_id).unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None

    def _locked(self, executor_id: str, how: int) -> int | None:
        """None if somebody else holds it, or removed the file while we waited for it."""
        path = self._path(executor_id)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(descriptor, how) and _is_at(path, descriptor):
            return descriptor
        os.close(descriptor)
        return None

    def _path(self, executor_id: str) -> Path:
        return self._folder / f"{executor_id}.lock"


def _lock(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
