"""Extend all that is held of an itinerary."""

import attrs

from application.bookings.itinerary_steps import ItineraryStep, seen, take_step
from application.bookings.ports import BookingWork
from application.bookings.views import ItineraryDetail
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.life import HoldTerms


@attrs.frozen(kw_only=True)
class ExtendItinerary(ItineraryStep):
    """Begin the holds anew."""


@attrs.frozen(kw_only=True)
class ExtendItineraryHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    terms: HoldTerms

    async def __call__(self, command: ExtendItinerary, /) -> ItineraryDetail:
        """Raises HoldExpired and HoldAtItsLongest if one of the holds does."""

        def extend(work: BookingWork) -> ItineraryDetail:
            now = self.clock()
            itinerary = seen(work, command)
            return take_step(
                work,
                itinerary,
                itinerary.extend(now=now),
                lambda booking: booking.extend(terms=self.terms, now=now),
            )

        return await self.unit_of_work(command.actor, extend, once=command.once)
