"""What many people chose, from a file of this package: no question leaves the machine."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("blocklist.txt")


@cache
def common_passwords() -> frozenset[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def is_common(password: str) -> bool:
    return password in common_passwords()
