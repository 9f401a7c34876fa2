"""What takes place, on the days of a calendar."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

import attrs

from domain.inventory.resources import ResourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Period


class FillBand(Enum):
    """How full something is in the eyes of who plans it: from half, from four fifths, wholly."""

    AVAILABLE = "available"
    FILLING = "filling"
    NEARLY_FULL = "nearly_full"
    FULL = "full"


FILLING_FROM = 50
NEARLY_FULL_FROM = 80


@attrs.frozen(kw_only=True)
class CalendarEntry:
    """`units` are all there are, `taken` of them; neither counts overbooking."""

    resource_id: ResourceId
    kind: str
    name: str
    state: ResourceState
    zone: str
    period: Period
    units: int
    taken: int

    @property
    def band(self) -> FillBand:
        percent = 100 * self.taken // self.units if self.units else 100
        if percent >= 100:  # noqa: PLR2004
            return FillBand.FULL
        if percent >= NEARLY_FULL_FROM:
            return FillBand.NEARLY_FULL
        return FillBand.FILLING if percent >= FILLING_FROM else FillBand.AVAILABLE

    def is_under_way(self, now: datetime) -> bool:
        published = self.state is ResourceState.PUBLISHED
        return published and self.period.starts_at <= now < self.period.ends_at


class CalendarViews(Protocol):
    async def calendar(
        self, actor: Actor, *, period: Period, kind: str | None, limit: int
    ) -> Sequence[CalendarEntry]:
        """What begins within `period` and is not deleted, soonest first, `limit` at the most."""
        ...
