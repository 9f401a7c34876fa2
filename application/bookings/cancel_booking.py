"""Cancel a confirmed booking on the terms it was sold on; its units go back on sale."""

from datetime import datetime

import attrs

from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.yeses import Sensitive
from domain.kernel.identifiers import QuoteId


@attrs.frozen(kw_only=True)
class CancelBooking(BookingStep):
    """Cancel what was confirmed, as was promised by a quote if there is one."""

    quote_id: QuoteId | None = None


@attrs.frozen(kw_only=True)
class CancelBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: CancelBooking, /) -> Booking:
        def cancel(work: BookingWork) -> Booking:
            now = self.clock()
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            work.yeses.must_cover(Sensitive.CANCEL, [booking.id])
            promised = _promised(work, command.quote_id, booking, now=now)
            cancelled = work.bookings.save(booking.cancel(now=now, promised=promised))
            self.freeing(work, [cancelled])
            return cancelled

        return await self.unit_of_work(command.actor, cancel, once=command.once)


def _promised(
    work: BookingWork, quote_id: QuoteId | None, booking: Booking, *, now: datetime
) -> Cancellation | None:
    if quote_id is None:
        return None
    quote = work.cancellation_quotes.get(quote_id)
    quote.must_be_good(booking, now=now)
    return quote.split
