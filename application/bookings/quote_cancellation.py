"""Promise what cancelling a booking comes to, for long enough to decide."""

from datetime import timedelta

import attrs

from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.promises import CancellationQuote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, QuoteId


@attrs.frozen(kw_only=True)
class QuoteCancellation:
    actor: Actor
    booking_id: BookingId
    once: Once[CancellationQuote] | None = None


@attrs.frozen(kw_only=True)
class QuoteCancellationHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    good_for: timedelta

    async def __call__(self, command: QuoteCancellation, /) -> CancellationQuote:
        def quote(work: BookingWork) -> CancellationQuote:
            promised = CancellationQuote.promise(
                QuoteId(self.new_id()),
                work.bookings.get(command.booking_id),
                now=self.clock(),
                good_for=self.good_for,
            )
            work.cancellation_quotes.add(promised)
            return promised

        return await self.unit_of_work(command.actor, quote, once=command.once)
