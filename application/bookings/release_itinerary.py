"""Let go of all that is held of an itinerary."""

import attrs

from application.bookings.freeing import Freeing
from application.bookings.itinerary_steps import ItineraryStep, detail, seen
from application.bookings.ports import BookingWork
from application.bookings.views import ItineraryDetail
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.life import BookingState


@attrs.frozen(kw_only=True)
class ReleaseItinerary(ItineraryStep):
    """Give the held units back."""


@attrs.frozen(kw_only=True)
class ReleaseItineraryHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: ReleaseItinerary, /) -> ItineraryDetail:
        """Holds that have expired meanwhile are let go of, too: they stay expired."""

        def release(work: BookingWork) -> ItineraryDetail:
            now = self.clock()
            itinerary = seen(work, command)
            released = itinerary.release(now=now)
            bookings = list(work.bookings.several(itinerary.booking_ids))
            let_go = []
            for place, booking in enumerate(bookings):
                if booking.id in itinerary.pending and booking.state is BookingState.HELD:
                    bookings[place] = work.bookings.save(booking.release(now=now))
                    let_go.append(bookings[place])
            after = work.itineraries.save(released)
            self.freeing(work, let_go)
            return detail(after, bookings)

        return await self.unit_of_work(command.actor, release, once=command.once)
