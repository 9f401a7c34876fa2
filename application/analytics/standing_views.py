"""What is asked about how things stand right now, and who answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.analytics.booking_views import BookingQuestion, Revenue
from domain.analytics.booking_totals import Counted
from domain.analytics.intervals import Granularity
from domain.analytics.occupancy import DayTotals
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import Period


@attrs.frozen(kw_only=True)
class OfferedThen:
    """What was booked of one offering in an interval, and the money that moved in it."""

    period: Period
    resource_id: ResourceId
    name: str
    counted: Counted
    revenue: Revenue


@attrs.frozen(kw_only=True)
class Upcoming:
    resource_id: ResourceId
    kind: str
    name: str
    zone: str
    period: Period
    totals: DayTotals


@attrs.frozen(kw_only=True)
class PendingRefunds:
    """Asked for and not gone yet, in one currency."""

    refunds: int
    amount: Money
    oldest_at: datetime


class StandingFigures(Protocol):
    async def by_offering(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[OfferedThen]:
        """By interval, then by name; what has neither bookings nor money is left out.

        Raises TooManyIntervals.
        """
        ...

    async def upcoming(
        self, actor: Actor, *, since: datetime, kind: str | None, limit: int
    ) -> Sequence[Upcoming]:
        """What takes place once and has not begun, soonest first."""
        ...

    async def pending_refunds(self, actor: Actor) -> Sequence[PendingRefunds]: ...
