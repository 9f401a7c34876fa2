"""Hold what was quoted, long enough for what it waits for."""

import attrs

from application.bookings.drawing import draw
from application.bookings.duplicates import Duplicates
from application.bookings.ports import BookingWork
from application.bookings.reclaiming import Reclaiming
from application.bookings.taking import take
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.consent import NOTHING_ACCEPTED, Acceptance
from domain.bookings.holding import HoldPolicy
from domain.bookings.inquiry import Inquiry
from domain.bookings.life import HoldPurpose
from domain.bookings.references import Reference
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId, BookingId, QuoteId


@attrs.frozen(kw_only=True)
class HoldBooking:
    """With an inquiry, it is held without obligation, until the customer goes on.

    With a block, its units are taken from what was set aside in it.
    """

    actor: Actor
    quote_id: QuoteId
    acceptance: Acceptance = NOTHING_ACCEPTED
    inquiry: Inquiry | None = None
    block_id: BlockId | None = None
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
    duplicates: Duplicates

    async def __call__(self, command: HoldBooking, /) -> Booking:
        """Raises SoldOut only when not even expired holds could make room."""
        return await self.duplicates(
            command.actor,
            [command.quote_id],
            lambda: self.reclaiming(command.actor, lambda: self._hold(command)),
        )

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
            if command.block_id is None:
                take(work, [booking])
            else:
                draw(work, command.block_id, booking, now=now)
            return work.bookings.save(booking)

        return await self.unit_of_work(command.actor, hold, once=command.once)
