"""Stopping when the operating system asks for it, and in the end whatever happens."""

import asyncio
import logging
import os
import signal
from threading import Timer

logger = logging.getLogger(__name__)

MARGIN = 10.0  # seconds beyond the grace, for what is interrupted to be put away
LEFT_IN_A_HURRY = 75  # EX_TEMPFAIL of sysexits.h: whoever starts the program again finds all there


def leave_before_work() -> None:
    """Until there is work to stop, SIGTERM ends the process at once, as one that is done.

    Nothing has been begun, so nothing is put away; and it is no exception, since start-up is full
    of others' code that may catch one.
    """
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))


def stopping_on_signals(*, grace: float) -> asyncio.Event:
    """Set by SIGINT and SIGTERM. A process that outlives its `grace` by much is ended.

    A library's thread may wait for a database that is away, and nothing can make it give up. The
    work it holds is in the database and goes on elsewhere, just as after a SIGKILL.
    """
    stopping = asyncio.Event()

    def stop() -> None:
        if not stopping.is_set():
            last_resort = Timer(grace + MARGIN, _leave)
            last_resort.daemon = True
            last_resort.start()
        stopping.set()

    for reason in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(reason, stop)
    return stopping


def _leave() -> None:
    logger.critical("not stopped in time; leaving at once, and leaving the rest to others")
    logging.shutdown()
    os._exit(LEFT_IN_A_HURRY)
