"""What else there is instead of something that is sold out."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Protocol

import attrs

from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange


@attrs.frozen(kw_only=True)
class Wanted:
    """So many units on each of these local dates; `part` is a fare class, or none."""

    AROUND: ClassVar[timedelta] = timedelta(days=30)

    resource_id: ResourceId
    dates: DateRange
    units: int = 1
    part: str | None = None

    @property
    def around(self) -> DateRange:
        return DateRange(self.dates.first - self.AROUND, self.dates.until + self.AROUND)


@attrs.frozen(kw_only=True)
class Suggestion:
    """`starts_at` is there for what takes place at one time; only a hold decides."""

    resource_id: ResourceId
    name: str
    dates: DateRange
    starts_at: datetime | None
    free: int


class SuggestionViews(Protocol):
    MOST: ClassVar[int] = 10

    async def suggestions(self, actor: Actor, wanted: Wanted) -> Sequence[Suggestion]:
        """Those nearest to the dates wanted, the earlier of two equally near ones first.

        Raises ResourceNotFound.
        """
        ...


def stays(wanted: DateRange, free: Collection[date]) -> Sequence[DateRange]:
    """As many days in a row as are wanted, all of them free."""
    starts = (day for day in sorted(free) if day != wanted.first)
    runs = (DateRange(day, day + timedelta(days=len(wanted))) for day in starts)
    return [run for run in runs if all(day in free for day in run.days)]


def nearest(found: Sequence[Suggestion], wanted: DateRange) -> Sequence[Suggestion]:
    def far(one: Suggestion) -> tuple[timedelta, date, ResourceId]:
        return abs(one.dates.first - wanted.first), one.dates.first, one.resource_id

    return sorted(found, key=far)[: SuggestionViews.MOST]
