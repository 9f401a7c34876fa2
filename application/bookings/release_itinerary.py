"""Let go of all that is held of an itinerary."""

from datetime import datetime

import attrs

from application.bookings.freeing import Freeing
from application.bookings.itinerary_steps import ItineraryStep, detail, seen
from application.bookings.ports import BookingWork
from application.bookings.views import ItineraryDetail
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.itinerary import Itinerary
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
            itinerary = seen(work, command)
            return release_together(work, itinerary, freeing=self.freeing, now=self.clock())

        return await self.unit_of_work(command.actor, release, once=command.once)


def release_together(
    work: BookingWork, itinerary: Itinerary, *, freeing: Freeing, now: datetime
) -> ItineraryDetail:
    released = itinerary.release(now=now)
    known = {one.id: one for one in work.bookings.several(itinerary.booking_ids)}
    pending = [known[id] for id in itinerary.pending]
    let_go = work.bookings.save_several(
        [one.release(now=now) for one in pending if one.state is BookingState.HELD]
    )
    known |= {booking.id: booking for booking in let_go}
    after = work.itineraries.save(released)
    freeing(work, let_go)
    return detail(after, list(known.values()))
