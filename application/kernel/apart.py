"""Many things in one transaction, of which one may come to nothing without the others."""

from collections.abc import Callable
from typing import Protocol

from domain.kernel.refusals import Refusal


class Apart(Protocol):
    def __call__(self, do: Callable[[], None], /) -> Refusal | None:
        """Why the business refuses what is done, of which then nothing stays; None if it is done.

        Whatever else is raised concerns the whole transaction, and passes.
        """
        ...
