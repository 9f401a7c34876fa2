"""Where breakers tell each other: files, for all processes of one machine."""

import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import attrs

from adapters.resilience.breaker import Board

BETWEEN_LOOKS = 0.5  # seconds


@attrs.define
class FileBoard(Board):
    """One small file a breaker, there while it is open. It is looked at now and then.

    A disk that is full or broken costs what is shared, and nothing else.
    """

    folder: Path
    seconds: Callable[[], float]
    _untold: dict[str, float] = attrs.field(factory=dict, init=False)
    _seen: dict[str, tuple[float, float | None]] = attrs.field(factory=dict, init=False)

    def open_until(self, name: str, /) -> float | None:
        if name in self._untold:
            return self._untold[name]
        looked_at, until = self._seen.get(name, (-math.inf, None))
        if not 0 <= self.seconds() - looked_at < BETWEEN_LOOKS:
            until = self._read(name)
            self._seen[name] = (self.seconds(), until)
        return until

    def opened(self, name: str, /, *, until: float) -> None:
        self._seen[name] = (self.seconds(), until)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new = self._file(name).with_suffix(".new")
            new.write_text(str(until))
            new.replace(self._file(name))
        except OSError:
            self._untold[name] = until

    def closed(self, name: str, /) -> None:
        self._seen[name] = (self.seconds(), None)
        self._untold.pop(name, None)
        with suppress(OSError):
            self._file(name).unlink(missing_ok=True)

    def _read(self, name: str) -> float | None:
        try:
            return float(self._file(name).read_text())
        except (OSError, ValueError):
            return None

    def _file(self, name: str) -> Path:
        return self.folder / name
