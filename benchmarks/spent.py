"""What other processes have used, which the load beside them hardly changes."""

import os
from collections.abc import Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
GROUP, USER, SYSTEM = 2, 11, 12  # of /proc/<pid>/stat, after the name


def cpu_seconds(group: int) -> float:
    """Of all processes of a group by now. Raises FileNotFoundError where there is no /proc."""
    return sum(_spent(path, group) for path in Path("/proc").glob("[0-9]*/stat"))


def _spent(path: Path, group: int) -> float:
    try:
        fields = path.read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return 0.0
    if int(fields[GROUP]) != group:
        return 0.0
    return (int(fields[USER]) + int(fields[SYSTEM])) / TICKS


def memory(group: int) -> Sequence[int]:
    """Bytes of each process of a group, largest first; what they share counts in each."""
    sizes = (_resident(path) for path in Path("/proc").glob("[0-9]*/stat") if _is_of(path, group))
    return sorted(filter(None, sizes), reverse=True)


def _is_of(path: Path, group: int) -> bool:
    try:
        return int(path.read_text().rpartition(")")[2].split()[GROUP]) == group
    except OSError:
        return False


def _resident(stat: Path) -> int:
    try:
        return int((stat.parent / "statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0
