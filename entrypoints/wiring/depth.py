"""How deep calls may go where the container is made."""

import sys

DEEP = 3_000


def allow_deep_copies() -> None:
    """A container is made by copying what it provides, one within the other.

    That is some 800 frames deep, and more with every feature. Python's own limit of 1,000 is meant
    for what has no end.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEP))
