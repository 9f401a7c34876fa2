"""Waiting for a while, unless there is something to do sooner."""

from collections.abc import Callable
from typing import Protocol


class Bell(Protocol):
    async def wait(self, seconds: float, /) -> None:
        """At the most so long; shorter for whoever is called."""
        ...

    def call(self, most: int, /) -> None:
        """So many of those who wait now, whoever has waited longest first."""
        ...


NewBell = Callable[[], Bell]
"""Heard by those alone who share it."""
