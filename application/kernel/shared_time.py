"""The time that several hosts go by: that of the server they share."""

from collections.abc import Callable
from datetime import datetime, timedelta

import attrs

from application.kernel.ports import Clock


@attrs.define(kw_only=True)
class SharedTime:
    """`machine` is this host's time of day, gone by until the server has told its own.

    From then on only `elapsed` counts, in seconds that never go back: a host whose time of day is
    set wrong, or set anew, has the same time as all the others.
    """

    machine: Clock
    elapsed: Callable[[], float]
    _told: tuple[datetime, float] | None = attrs.field(default=None, init=False)

    def now(self) -> datetime:
        if self._told is None:
            return self.machine()
        at, then = self._told
        return at + timedelta(seconds=self.elapsed() - then)

    def heard(self, at: datetime, *, asked: float, patience: float) -> None:
        """The server said that it is `at`, in UTC, when it was asked at `asked`.

        It was so at some moment since then; an answer that took longer than `patience` seconds
        says too little.
        """
        answered = self.elapsed()
        if answered - asked <= patience:
            self._told = at, (asked + answered) / 2
