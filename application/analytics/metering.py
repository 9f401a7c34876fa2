"""What an organization has used in some time: what a bill may go by."""

from datetime import datetime
from typing import Protocol

import attrs

from application.analytics.asking import Span
from application.analytics.booking_views import BookingFigures, BookingQuestion
from application.analytics.call_views import CallFigureViews, CallQuestion
from domain.kernel.actors import Actor
from domain.kernel.periods import Period


@attrs.frozen(kw_only=True)
class MovedRows:
    """New and changed ones, by when the run of their pipeline was asked for.

    Events by when they were posted, as long as they are remembered.
    """

    brought_in: int
    posted_events: int


class CountedRows(Protocol):
    async def moved(self, actor: Actor, period: Period) -> MovedRows: ...


@attrs.frozen(kw_only=True)
class Metered:
    """Calls by when they began, bookings by when they were made, as dashboards count them."""

    as_of: datetime
    calls: int
    talked_ms: int
    bookings: int
    rows: MovedRows


@attrs.frozen(kw_only=True)
class Metering:
    calls: CallFigureViews
    bookings: BookingFigures
    rows: CountedRows

    async def __call__(self, actor: Actor, span: Span) -> Metered:
        as_of = min(await self.calls.as_of(actor), await self.bookings.as_of(actor))
        calls = await self.calls.totals(actor, CallQuestion(span=span))
        counted = await self.bookings.counted(actor, BookingQuestion(span=span))
        return Metered(
            as_of=as_of,
            calls=calls.calls,
            talked_ms=calls.talked_ms,
            bookings=counted.totals.bookings,
            rows=await self.rows.moved(actor, span.period),
        )
