"""Whether what the program depends on is there."""

from collections.abc import Mapping
from typing import Protocol


class Health(Protocol):
    async def __call__(self) -> Mapping[str, bool]:
        """By dependency; never raises for one that is away."""
        ...
