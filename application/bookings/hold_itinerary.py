"""Hold several quotes together: all of them, or none."""

from collections.abc import Sequence

import attrs

from application.bookings.duplicates import Duplicates
from application.bookings.itinerary_steps import detail
from application.bookings.ports import BookingWork
from application.bookings.reclaiming import Reclaiming
from application.bookings.taking import take
from application.bookings.views import ItineraryDetail
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.consent import NOTHING_ACCEPTED, Acceptance
from domain.bookings.itinerary import Itinerary, RepeatedQuotes
from domain.bookings.life import HoldTerms
from domain.bookings.references import Reference
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, ItineraryId, QuoteId


@attrs.frozen(kw_only=True)
class HoldItinerary:
    """The quotes may be for any kinds of booking; each becomes a booking of its own."""

    actor: Actor
    quote_ids: Sequence[QuoteId]
    acceptance: Acceptance = NOTHING_ACCEPTED
    once: Once[ItineraryDetail] | None = None


@attrs.frozen(kw_only=True)
class HoldItineraryHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    reference_prefix: str
    terms: HoldTerms
    reclaiming: Reclaiming
    duplicates: Duplicates

    async def __call__(self, command: HoldItinerary, /) -> ItineraryDetail:
        """Raises what one of the holds would raise alone; then nothing is held."""
        if len(set(command.quote_ids)) < len(command.quote_ids):
            raise RepeatedQuotes
        return await self.duplicates(
            command.actor,
            command.quote_ids,
            lambda: self.reclaiming(command.actor, lambda: self._hold(command)),
        )

    async def _hold(self, command: HoldItinerary) -> ItineraryDetail:
        def hold(work: BookingWork) -> ItineraryDetail:
            now = self.clock()
            quotes = work.quotes.several(command.quote_ids)
            itinerary_id = ItineraryId(self.new_id())
            bookings = [
                Booking.hold(
                    BookingId(self.new_id()),
                    quote.accepted(now=now, acceptance=command.acceptance),
                    reference=self._reference(),
                    terms=self.terms,
                    now=now,
                    itinerary_id=itinerary_id,
                )
                for quote in quotes
            ]
            take(work, bookings)
            saved = [work.bookings.save(booking) for booking in bookings]
            itinerary = Itinerary.hold(
                itinerary_id,
                [booking.id for booking in saved],
                reference=self._reference(),
                now=now,
            )
            return detail(work.itineraries.save(itinerary), saved)

        return await self.unit_of_work(command.actor, hold, once=command.once)

    def _reference(self) -> Reference:
        return Reference.draw(self.reference_prefix, self.chance)
