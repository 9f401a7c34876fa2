"""Give units back that bookings no longer need."""

from collections.abc import Sequence

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState, HoldPurpose


@attrs.frozen(kw_only=True)
class Freeing:
    """Every use case that frees units does it here: whoever waits for them comes first."""

    offers: Offers
    clock: Clock

    def __call__(self, work: BookingWork, bookings: Sequence[Booking]) -> None:
        """The bookings as they are from now on. Raises Stale where deciding again may help."""
        self._close_offers(work, bookings)
        pools = {claim.pool_id for one in bookings for claim in one.agreement.claims}
        hold_ids = [booking.hold_id for booking in bookings]
        self.offers.around(work, sorted(pools), lambda: work.inventory.give_back(hold_ids))

    def swap(self, work: BookingWork, before: Booking, after: Booking) -> None:
        """What the booking had is taken back for what it is to have.

        Raises what taking raises, at the latest when the unit of work ends; then nothing changed.
        """
        claims = (*before.agreement.claims, *after.agreement.claims)
        pools = {claim.pool_id for claim in claims}
        self.offers.around(work, sorted(pools), lambda: _swap(work, before, after))

    def _close_offers(self, work: BookingWork, bookings: Sequence[Booking]) -> None:
        """A place that was offered and not taken leaves the list."""
        now = self.clock()
        for state in (BookingState.RELEASED, BookingState.EXPIRED):
            offered = [
                booking.id
                for booking in bookings
                if booking.purpose is HoldPurpose.OFFER and booking.state is state
            ]
            if offered:
                entries = work.waiting.of_offers(offered)
                expired = state is BookingState.EXPIRED
                work.waiting.save_states(
                    [
                        entry.expire(now=now) if expired else entry.decline(now=now)
                        for entry in entries
                    ]
                )


def _swap(work: BookingWork, before: Booking, after: Booking) -> None:
    hold_id, old, new = after.hold_id, before.agreement, after.agreement
    if old.claims != new.claims:
        work.inventory.swap(hold_id, before=old.claims, after=new.claims)
    if set(old.exclusives) != set(new.exclusives):
        work.inventory.swap_exclusively(hold_id, before=old.exclusives, after=new.exclusives)
    moves = (old.claims, old.period) != (new.claims, new.period)
    if moves or old.intervals != new.intervals:
        # Also what a desk has picked out for the old time: a room by its number.
        work.units.release(hold_id)
        if new.intervals:
            work.inventory.take_any(hold_id, new.intervals)
