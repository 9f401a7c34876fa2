"""Takes over the jobs of executors that died."""

import logging
from collections.abc import Callable, Collection
from threading import Event, Thread

from adapters.jobs.presence import Presence

logger = logging.getLogger(__name__)

TIME_TO_STOP = 5.0
PATIENCE_AFTER_LOSS = 5
"""Rounds without burials after this executor lost its own lock: if the server was restarted, the
others lost theirs too and need a moment to come back."""


class Reaper:
    def __init__(
        self,
        presence: Presence,
        *,
        others_at_work: Callable[[], Collection[str]],
        take_over: Callable[[str], None],
        interval: float,
    ) -> None:
        self._presence = presence
        self._others_at_work = others_at_work
        self._take_over = take_over
        self._interval = interval
        self._patience = 0
        self._stopped = Event()
        self._thread = Thread(target=self._work, name="jobs-reaper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(TIME_TO_STOP)
        if self._thread.is_alive():
            logger.warning("the executors are still being checked")

    def _work(self) -> None:
        while True:
            try:
                self._round()
            except Exception:
                logger.exception("the executors could not be checked")
            if self._stopped.wait(self._interval):
                return

    def _round(self) -> None:
        if not self._presence.renew():
            logger.warning("the lock of this executor was lost and taken again")
            self._patience = PATIENCE_AFTER_LOSS
        if self._patience:
            self._patience -= 1
            return
        for executor_id in self._others_at_work():
            with self._presence.bury(executor_id) as dead:
                if dead:
                    self._take_over(executor_id)
