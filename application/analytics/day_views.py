"""What is asked about local dates on which something is on sale, and who answers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

import attrs

from application.analytics.booking_views import BookingQuestion
from domain.analytics.booking_totals import Counted
from domain.analytics.lead_times import LeadTimes
from domain.analytics.occupancy import Occupied
from domain.analytics.pick_up import OnTheBooks
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange


@attrs.frozen(kw_only=True)
class DayQuestion:
    """`dates` are those of each place: nights by when they begin, sessions by when they start."""

    dates: DateRange
    kind: str | None = None
    resource_id: ResourceId | None = None

    @property
    def before(self) -> "DayQuestion":
        length = timedelta(days=len(self.dates))
        earlier = DateRange(self.dates.first - length, self.dates.first)
        return attrs.evolve(self, dates=earlier)


@attrs.frozen(kw_only=True)
class Offered:
    """What has become of the bookings of one offering."""

    resource_id: ResourceId
    name: str
    kind: str
    counted: Counted


class DayFigures(Protocol):
    async def days(self, actor: Actor, question: DayQuestion) -> Mapping[date, Occupied]:
        """Of every date, those on which nothing is on sale included."""
        ...

    async def pick_up(
        self, actor: Actor, question: DayQuestion, *, at: datetime, before: datetime
    ) -> Mapping[date, Mapping[str, OnTheBooks]]:
        """By currency, of every date."""
        ...


class ShapeFigures(Protocol):
    async def lead_times(self, actor: Actor, question: BookingQuestion) -> LeadTimes:
        """Of standing bookings."""
        ...

    async def offerings(
        self, actor: Actor, question: BookingQuestion, *, limit: int
    ) -> list[Offered]:
        """Those with most people in standing bookings, first."""
        ...
