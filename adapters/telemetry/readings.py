"""What nobody reports by itself: looked at every few seconds, from a thread."""

import logging
import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import attrs

from application.kernel.figures import Figures
from application.kernel.told_figures import CPU, DISK_FREE, MEMORY, PROCESSES

logger = logging.getLogger(__name__)

EVERY = 5.0  # seconds
STATM = Path("/proc/self/statm")

Reading = Callable[[], None]


@attrs.define(eq=False)
class Readings:
    """Each is quick, and waits for nothing. One that fails is not in the way of others."""

    every: float = EVERY
    _readings: list[Reading] = attrs.field(factory=list, init=False)
    _stopped: Event = attrs.field(factory=Event, init=False)

    def add(self, reading: Reading) -> None:
        self._readings.append(reading)

    def take(self) -> None:
        for reading in tuple(self._readings):
            try:
                reading()
            except Exception:
                logger.exception("a reading failed")

    def start(self) -> None:
        Thread(target=self._go_on, name="readings", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _go_on(self) -> None:
        self.take()
        while not self._stopped.wait(self.every):
            self.take()


@attrs.define(eq=False)
class OfTheProcess:
    """What it takes of its host."""

    figures: Figures
    _told: float = attrs.field(default=0.0, init=False)

    def __call__(self) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = used.ru_utime + used.ru_stime
        self.figures.add(CPU, amount=spent - self._told)
        self._told = spent
        self.figures.set(MEMORY, _memory(used.ru_maxrss))
        self.figures.set(PROCESSES, 1)


@attrs.frozen
class OfTheDisk:
    """Nothing is told before the folder is there."""

    figures: Figures
    folder: Path

    def __call__(self) -> None:
        if self.folder.exists():
            self.figures.set(DISK_FREE, shutil.disk_usage(self.folder).free)


def _memory(most_kilobytes: int) -> float:
    """Where that is not told, the most there ever was."""
    if not STATM.exists():
        return most_kilobytes * 1024
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
