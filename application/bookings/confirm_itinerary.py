"""Confirm all that is held of an itinerary, or nothing."""

import attrs

from application.bookings.itinerary_steps import ItineraryStep, seen, take_step
from application.bookings.ports import BookingWork
from application.bookings.views import ItineraryDetail
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.yeses import Sensitive


@attrs.frozen(kw_only=True)
class ConfirmItinerary(ItineraryStep):
    """Keep the units of all for good."""


@attrs.frozen(kw_only=True)
class ConfirmItineraryHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ConfirmItinerary, /) -> ItineraryDetail:
        """Raises HoldExpired if one of the holds has: then none is confirmed."""

        def confirm(work: BookingWork) -> ItineraryDetail:
            now = self.clock()
            itinerary = seen(work, command)
            work.yeses.must_cover(Sensitive.BOOK, [*itinerary.pending])
            confirmed = itinerary.confirm(now=now)
            return take_step(work, itinerary, confirmed, lambda booking: booking.confirm(now=now))

        return await self.unit_of_work(command.actor, confirm, once=command.once)
