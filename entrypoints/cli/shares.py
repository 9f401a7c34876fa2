"""The share of a crawl that is read from the command line, by one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid5

from application.kernel.ports import NewId
from domain.kernel.identifiers import CrawlId, JobId


@contextmanager
def share_of(crawl_id: CrawlId, folder: Path, new_id: NewId) -> Iterator[JobId]:
    """The same for whoever begins here again after a crash, so that they go on at once.

    The lock is gone with the process that has it; whoever comes meanwhile is another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{crawl_id}.lock"
    with path.open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield JobId(new_id())
            return
        yield JobId(uuid5(crawl_id, "here"))
        path.unlink(missing_ok=True)
