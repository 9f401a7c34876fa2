"""Where tests keep their files: in memory, if there is room. Most of what they cost is the disk.

Databases by the thousand are copied and thrown away, and what is killed is a process: the system
that holds its files goes on.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  (folders in it get names of their own)
ROOM = 4 * 1024**3  # bytes

ON_DISK = tempfile.gettempdir()
"""For what has to be run from there: memory is often mounted without that."""


def keep_in_memory() -> None:
    """From now on, unless `TMPDIR` says where."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        tempfile.tempdir = str(MEMORY)
