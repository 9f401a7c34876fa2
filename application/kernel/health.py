"""Whether what the program depends on is there."""

from collections.abc import Mapping
from typing import Protocol


class Health(Protocol):
    async def __call__(self) -> Mapping[str, bool]:
        """By dependency; never raises for one that is away."""
        ...


class Fitness(Protocol):
    def __call__(self) -> Mapping[str, bool]:
        """By what one can do without for a while; false for what is not even tried now."""
        ...
