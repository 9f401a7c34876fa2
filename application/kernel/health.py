"""How what the program is made of, and what it depends on, does."""

from collections.abc import Mapping
from typing import Protocol

import attrs


@attrs.frozen
class Part:
    """`told` is for operators alone: strangers hear whether it is fit, and no more."""

    fit: bool
    told: str = ""


class Health(Protocol):
    async def __call__(self) -> Mapping[str, bool]:
        """By dependency that nothing goes on without; never raises for one that is away."""
        ...


class Fitness(Protocol):
    async def __call__(self) -> Mapping[str, Part]:
        """By what one can do without for a while, or at less than full speed.

        Never raises, and waits two seconds at most for what does not answer.
        """
        ...
