"""Sum up what the books of days come to that are over, for whoever asks about money."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import attrs

from application.kernel.ports import Clock
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

LATE = timedelta(hours=1)
"""Whoever writes into the books looks at the clock before, and waits for others meanwhile."""


class UnsummedBooks(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those with a day that is over and not summed up."""
        ...


class SummedBooks(Protocol):
    async def sum_up(self, actor: Actor, *, before: date) -> int:
        """Some days more of those before that date, in UTC: how many. None if all are.

        Figures about money are the same before and after.
        """
        ...


@attrs.frozen(kw_only=True)
class SumUpBooks:
    """`limit` days at most, or a few more."""

    actor: Actor
    limit: int


@attrs.frozen(kw_only=True)
class SumUpBooksHandler:
    """Answers how many days it has summed up."""

    books: SummedBooks
    clock: Clock

    async def __call__(self, command: SumUpBooks, /) -> int:
        before, days = over_before(self.clock()), 0
        while days < command.limit:
            more = await self.books.sum_up(command.actor, before=before)
            if not more:
                break
            days += more
        return days


def over_before(now: datetime) -> date:
    """Days of UTC before that are over for the books as well."""
    return (now - LATE).date()
