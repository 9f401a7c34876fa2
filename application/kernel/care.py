"""What the database's own statistics say about how it is looked after."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import attrs

NOTHING = timedelta()


@attrs.frozen(kw_only=True)
class Vitals:
    """What others pay for when it grows: of a database that has none of it, nothing.

    `numbers_used` is how many numbers of transactions the oldest row is behind, of two milliards.
    """

    longest_transaction: timedelta = NOTHING
    numbers_used: int = 0
    replica_behind: timedelta = NOTHING


@attrs.frozen(kw_only=True)
class Advice:
    """`about` is a table, an index or a statement; `do` is what mends it, in SQL or in words."""

    about: str
    found: str
    do: str


class DatabaseCare(Protocol):
    async def __call__(self) -> Sequence[Advice]:
        """What is worth doing, the largest gain first. Raises Unavailable."""
        ...
