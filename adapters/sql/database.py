"""What repositories and readers need from a database, whichever it is."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
Begin = Callable[[], None]


def already_begun() -> None:
    """What work is given to begin with where its transaction has begun before it."""


class Database(Protocol):
    """Async outside, synchronous inside: statements are written once and run on every database."""

    @property
    def engine(self) -> Engine:
        """Every statement passes it: the place to listen."""
        ...

    async def write(self, work: Callable[[Connection], Result], /) -> Result:
        """Commits when `work` returns and rolls back when it raises.

        Raises Stale where deciding again may help, Busy or Unavailable where waiting may.
        """
        ...

    async def decide(self, work: Callable[[Connection, Begin], Result], /) -> Result:
        """Like `write`, but the transaction begins only when `work` calls what it is given.

        Until then every statement stands for itself. Work that asks a few questions and then
        changes everything in one statement saves two round trips. Databases without round trips
        begin at once.
        """
        ...

    async def read(self, question: Callable[[Connection], Result], /) -> Result:
        """Waits for no writer; `question` promises not to write. Raises Unavailable."""
        ...

    async def check(self) -> None:
        """Raises Unavailable if the database does not answer, UnsafeDatabase if it may forget."""
        ...

    async def close(self) -> None:
        """Finishes what has been accepted and accepts no more."""
        ...
