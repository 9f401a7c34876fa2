"""What is asked about bookings and their money, and who answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Protocol

import attrs

from application.analytics.asking import Span
from application.kernel.pages import Page, Slice
from domain.analytics.booking_totals import Basis, Counted
from domain.analytics.intervals import MOST_INTERVALS, Granularity, TooManyIntervals
from domain.analytics.revenue import RevenueTotals
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, ResourceId
from domain.kernel.periods import Period
from domain.kernel.refusals import Invalid

Revenue = Mapping[str, RevenueTotals]
"""By currency."""


@attrs.frozen
class IntervalTooShort(Invalid):
    code: ClassVar[str] = "interval_too_short"
    field: ClassVar[str] = "interval"

    def __str__(self) -> str:
        return f"more than {MOST_INTERVALS} intervals: ask for longer ones or for less time"


@attrs.frozen(kw_only=True)
class BookingQuestion:
    span: Span
    by: Basis = Basis.BOOKED
    kind: str | None = None
    resource_id: ResourceId | None = None

    @property
    def before(self) -> "BookingQuestion":
        return attrs.evolve(self, span=self.span.before)

    def cut(self, granularity: Granularity) -> tuple[Period, ...]:
        """Raises IntervalTooShort."""
        try:
            return self.span.cut(granularity)
        except TooManyIntervals:
            raise IntervalTooShort from None


class BookingFigures(Protocol):
    """From what is counted of bookings, which is written a moment after they change."""

    async def as_of(self, actor: Actor) -> datetime:
        """Up to when all that happened is counted."""
        ...

    async def counted(self, actor: Actor, question: BookingQuestion) -> Counted: ...

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Counted]]:
        """Interval by interval, those without bookings included. Raises IntervalTooShort."""
        ...

    async def behind(
        self, actor: Actor, question: BookingQuestion, figure: str, *, slice: Slice
    ) -> Page[BookingId]:
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
        """Interval by interval, those without money included. Raises IntervalTooShort."""
        ...
