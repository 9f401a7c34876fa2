"""The shares of a crawl that are read from the command line, by one process each."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO
from uuid import uuid5

from domain.kernel.identifiers import CrawlId, JobId


@contextmanager
def share_of(crawl_id: CrawlId, folder: Path) -> Iterator[JobId]:
    """The first that nobody has who lives: whoever begins after a crash goes on with what it had.

    Its lock is gone with the process that has it, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        for number in count():
            file = opened.enter_context((folder / f"{crawl_id}-{number}.lock").open("wb"))
            if _lock(file):
                yield JobId(uuid5(crawl_id, str(number)))
                break


def _lock(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
