"""Hold one more quote together with what an itinerary has."""

from collections.abc import Sequence

import attrs

from application.bookings.duplicates import Duplicates
from application.bookings.itinerary_steps import ItineraryStep, detail, seen
from application.bookings.ports import BookingWork
from application.bookings.reclaiming import Reclaiming
from application.bookings.taking import take
from application.bookings.views import ItineraryDetail
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.consent import NOTHING_ACCEPTED, Acceptance
from domain.bookings.itinerary import Itinerary
from domain.bookings.life import BookingState, HoldExpired, HoldTerms
from domain.bookings.references import Reference
from domain.kernel.identifiers import BookingId, QuoteId


@attrs.frozen(kw_only=True)
class AddToItinerary(ItineraryStep):
    """Hold this as well."""

    quote_id: QuoteId
    acceptance: Acceptance = NOTHING_ACCEPTED


@attrs.frozen(kw_only=True)
class AddToItineraryHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    reference_prefix: str
    terms: HoldTerms
    reclaiming: Reclaiming
    duplicates: Duplicates

    async def __call__(self, command: AddToItinerary, /) -> ItineraryDetail:
        """Raises HoldExpired if what was held before has expired: release that first."""
        return await self.duplicates(
            command.actor,
            [command.quote_id],
            lambda: self.reclaiming(command.actor, lambda: self._add(command)),
        )

    async def _add(self, command: AddToItinerary) -> ItineraryDetail:
        def add(work: BookingWork) -> ItineraryDetail:
            itinerary = seen(work, command)
            bookings = work.bookings.several(itinerary.booking_ids)
            _must_still_be_held(itinerary, bookings)
            booking = self._held(work, command)
            take(work, [booking])
            saved = work.bookings.save(booking)
            grown = work.itineraries.save(itinerary.grow(saved.id, now=self.clock()))
            return detail(grown, [*bookings, saved])

        return await self.unit_of_work(command.actor, add, once=command.once)

    def _held(self, work: BookingWork, command: AddToItinerary) -> Booking:
        now, quote = self.clock(), work.quotes.get(command.quote_id)
        return Booking.hold(
            BookingId(self.new_id()),
            quote.accepted(now=now, acceptance=command.acceptance),
            reference=Reference.draw(self.reference_prefix, self.chance),
            terms=self.terms,
            now=now,
            itinerary_id=command.itinerary_id,
        )


def _must_still_be_held(itinerary: Itinerary, bookings: Sequence[Booking]) -> None:
    for booking in bookings:
        if booking.id in itinerary.pending and booking.state is not BookingState.HELD:
            raise HoldExpired(booking.id)
