"""What is asked about bookings and their money, and who answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.analytics.asking import Span
from application.kernel.pages import Page, Slice
from domain.analytics.booking_totals import BookingBasis, Counted
from domain.analytics.intervals import Granularity
from domain.analytics.revenue import RevenueTotals
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, ResourceId
from domain.kernel.periods import Period

Revenue = Mapping[str, RevenueTotals]
"""By currency."""


@attrs.frozen(kw_only=True)
class BookingQuestion:
    span: Span
    by: BookingBasis = BookingBasis.BOOKED
    kind: str | None = None
    resource_id: ResourceId | None = None

    @property
    def before(self) -> "BookingQuestion":
        return attrs.evolve(self, span=self.span.before)

    def cut(self, granularity: Granularity) -> tuple[Period, ...]:
        """Raises TooManyIntervals."""
        return self.span.cut(granularity)


@attrs.frozen(kw_only=True)
class BookingBehind:
    """One of the bookings that a number counts."""

    id: BookingId
    at: datetime


class BookingFigures(Protocol):
    """From what is counted of bookings, which is written a moment after they change."""

    async def as_of(self, actor: Actor) -> datetime:
        """Up to when all that happened is counted."""
        ...

    async def edition(self, actor: Actor) -> int:
        """Another as soon as anything else may be counted."""
        ...

    async def counted(self, actor: Actor, question: BookingQuestion) -> Counted: ...

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Counted]]:
        """Interval by interval, those without bookings included. Raises TooManyIntervals."""
        ...

    async def behind(
        self, actor: Actor, question: BookingQuestion, figure: str, *, slice: Slice
    ) -> Page[BookingBehind]:
        """Which bookings are counted in a figure, in the order of their moments."""
        ...


class RevenueFigures(Protocol):
    """From the books, as they are."""

    async def revenue(self, actor: Actor, question: BookingQuestion) -> Revenue:
        """What was written in the time; `by` is of no matter."""
        ...

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Revenue]]:
        """Interval by interval, those without money included. Raises TooManyIntervals."""
        ...
