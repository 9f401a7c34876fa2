"""Whoever wants a second place for the same person is told so, and the desk hears of it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import attrs

from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.agreement import Agreement
from domain.bookings.attendees import ATTENDEE, AlreadyBooked
from domain.bookings.events import DuplicateBookingTried
from domain.inventory.pools import AlreadyTaken
from domain.kernel.actors import Actor
from domain.kernel.identifiers import QuoteId

Result = TypeVar("Result")


@attrs.frozen(kw_only=True)
class Duplicates:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(
        self,
        actor: Actor,
        quote_ids: Sequence[QuoteId],
        attempt: Callable[[], Awaitable[Result]],
        /,
    ) -> Result:
        """What `attempt` to hold these quotes comes to. Raises AlreadyBooked for a person's place.

        Other things that are taken stay AlreadyTaken.
        """
        try:
            return await attempt()
        except AlreadyTaken as taken:
            if taken.what != ATTENDEE:
                raise
            raise await self._noted(actor, quote_ids, taken) from None

    async def _noted(
        self, actor: Actor, quote_ids: Sequence[QuoteId], taken: AlreadyTaken
    ) -> AlreadyBooked:
        # A transaction of its own: that of the hold has been undone.
        def note(work: BookingWork) -> AlreadyBooked:
            agreements = [quote.agreement for quote in work.quotes.several(quote_ids)]
            agreement = next(one for one in agreements if _attendees(one, taken))
            resource_id, numbers = agreement.request.resource_id, _attendees(agreement, taken)
            tried = DuplicateBookingTried(
                resource_id=resource_id, attendees=len(numbers), occurred_at=self.clock()
            )
            work.facts.publish([tried])
            return AlreadyBooked(resource_id, numbers)

        return await self.unit_of_work(actor, note)


def _attendees(agreement: Agreement, taken: AlreadyTaken) -> tuple[int, ...]:
    """The numbers of those who have a place already."""
    places = [claim.name for claim in agreement.exclusives if claim.what == ATTENDEE]
    return tuple(number for number, place in enumerate(places, 1) if place in taken.names)
