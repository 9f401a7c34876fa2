"""Change a booking as it was quoted: all of it in one transaction, or nothing."""

import attrs

from application.bookings.changing import must_be_allowed
from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.reclaiming import Reclaiming
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.yeses import Sensitive
from domain.kernel.identifiers import QuoteId


@attrs.frozen(kw_only=True)
class ChangeBooking(BookingStep):
    """Let it become what was quoted."""

    quote_id: QuoteId


@attrs.frozen(kw_only=True)
class ChangeBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing
    reclaiming: Reclaiming

    async def __call__(self, command: ChangeBooking, /) -> Booking:
        """Raises SoldOut only when not even expired holds could make room."""
        return await self.reclaiming(command.actor, lambda: self._change(command))

    async def _change(self, command: ChangeBooking) -> Booking:
        def change(work: BookingWork) -> Booking:
            now = self.clock()
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            work.yeses.must_cover(Sensitive.CHANGE, [booking.id])
            quote = work.change_quotes.get(command.quote_id)
            quote.must_be_good(booking, now=now)
            must_be_allowed(work, booking, quote.agreement.request, now=now)
            changed = booking.reschedule(quote.agreement, fee=quote.fee, now=now)
            saved = work.bookings.save(changed)
            self.freeing.swap(work, booking, saved)
            return saved

        return await self.unit_of_work(command.actor, change, once=command.once)
