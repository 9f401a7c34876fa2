"""Doing several things at once."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol


class SideBySide(Protocol):
    """As many at once as there are hands for."""

    async def __call__(self, tasks: Sequence[Callable[[], Awaitable[None]]], /) -> None:
        """Returns when all are done; raises what one of them raised."""
        ...
