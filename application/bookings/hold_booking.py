"""Hold what was quoted, long enough for what it waits for."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.reclaiming import Reclaiming
from application.bookings.taking import take
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.bookings.attendees import ATTENDEE, AlreadyBooked
from domain.bookings.booking import Booking
from domain.bookings.consent import NOTHING_ACCEPTED, Acceptance
from domain.bookings.events import DuplicateBookingTried
from domain.bookings.holding import HoldPolicy
from domain.bookings.inquiry import Inquiry
from domain.bookings.life import HoldPurpose
from domain.bookings.references import Reference
from domain.inventory.pools import AlreadyTaken
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, QuoteId


@attrs.frozen(kw_only=True)
class HoldBooking:
    """With an inquiry, it is held without obligation, until the customer goes on."""

    actor: Actor
    quote_id: QuoteId
    acceptance: Acceptance = NOTHING_ACCEPTED
    inquiry: Inquiry | None = None
    once: Once[Booking] | None = None


@attrs.frozen(kw_only=True)
class HoldBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    reference_prefix: str
    policy: HoldPolicy
    reclaiming: Reclaiming

    async def __call__(self, command: HoldBooking, /) -> Booking:
        """Raises SoldOut only when not even expired holds could make room."""
        try:
            return await self.reclaiming(command.actor, lambda: self._hold(command))
        except AlreadyTaken as taken:
            if taken.what != ATTENDEE:
                raise
            raise await self._noted(command, taken) from None

    async def _hold(self, command: HoldBooking) -> Booking:
        def hold(work: BookingWork) -> Booking:
            now = self.clock()
            quote = work.quotes.get(command.quote_id)
            agreement = quote.accepted(now=now, acceptance=command.acceptance)
            conditions = agreement.conditions
            purpose = HoldPurpose.INQUIRY if command.inquiry else conditions.purpose
            booking = Booking.hold(
                BookingId(self.new_id()),
                attrs.evolve(agreement, inquiry=command.inquiry),
                reference=Reference.draw(self.reference_prefix, self.chance),
                terms=self.policy.of(purpose, conditions),
                now=now,
                purpose=purpose,
            )
            take(work, [booking])
            return work.bookings.save(booking)

        return await self.unit_of_work(command.actor, hold, once=command.once)

    async def _noted(self, command: HoldBooking, taken: AlreadyTaken) -> AlreadyBooked:
        # A transaction of its own: that of the hold has been undone.
        def note(work: BookingWork) -> AlreadyBooked:
            agreement = work.quotes.get(command.quote_id).agreement
            places = [claim.name for claim in agreement.exclusives if claim.what == ATTENDEE]
            numbers = tuple(n for n, place in enumerate(places, 1) if place in taken.names)
            resource_id = agreement.request.resource_id
            tried = DuplicateBookingTried(
                resource_id=resource_id, attendees=len(numbers), occurred_at=self.clock()
            )
            work.facts.publish([tried])
            return AlreadyBooked(resource_id, numbers)

        return await self.unit_of_work(command.actor, note)
