"""What a file says now: read again when it has changed, and only then."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

Read = TypeVar("Read")
Stamp = tuple[int, int, int]


class Latest(Generic[Read]):
    """Files replaced by renaming are never seen in between. Raises OSError if there is none."""

    def __init__(self, path: Path, read: Callable[[bytes], Read]) -> None:
        self._path = path
        self._read = read
        self._lock = Lock()
        self._known: tuple[Stamp, Read] | None = None

    def __call__(self) -> Read:
        with self._lock:
            stamp = self._stamp()
            if self._known is None or self._known[0] != stamp:
                self._known = (stamp, self._read(self._path.read_bytes()))
            return self._known[1]

    def _stamp(self) -> Stamp:
        found = self._path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size
