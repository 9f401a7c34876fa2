"""What repositories and readers need from a database, whichever it is."""

from collections.abc import Callable
from typing import Final, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine

from domain.kernel.identifiers import OrganizationId

Result = TypeVar("Result")
Begin = Callable[[], None]

# The two UUIDs that RFC 9562 keeps from ever being anybody's.
NOBODY: Final = OrganizationId(UUID(int=0))
EVERYBODY: Final = OrganizationId(UUID(int=2**128 - 1))


def already_begun() -> None:
    """What work is given to begin with where its transaction has begun before it."""


class Database(Protocol):
    """Async outside, synchronous inside: statements are written once and run on every database.

    Every use says whose rows it is about, `of` one organization. PostgreSQL then shows no others,
    whatever the statements say. `of` NOBODY it shows none, and `of` EVERYBODY only what the
    program has to look through to find out whom there is something to do for.
    """

    @property
    def engine(self) -> Engine:
        """Every statement passes it: the place to listen."""
        ...

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        """Commits when `work` returns and rolls back when it raises.

        Raises Stale where deciding again may help, Busy or Unavailable where waiting may.
        """
        ...

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        """Like `write`, but the transaction begins only when `work` calls what it is given.

        Until then every statement stands for itself. Work that asks a few questions and then
        changes everything in one statement saves two round trips. Databases without round trips
        begin at once.
        """
        ...

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        """Waits for no writer; `question` promises not to write. Raises Unavailable."""
        ...

    async def check(self) -> None:
        """Raises Unavailable if the database does not answer, UnsafeDatabase if it may forget."""
        ...

    async def close(self) -> None:
        """Finishes what has been accepted and accepts no more."""
        ...
