"""Files that are made on disk, and then read in parts."""

from collections.abc import AsyncIterator
from pathlib import Path

from anyio import to_thread

PART = 512 * 1024


async def parts_of(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while part := await to_thread.run_sync(file.read, PART):
            yield part
