"""See to instalments: remind, wait, and in the end do what the organization has decided."""

from collections.abc import Sequence

import attrs

from application.bookings.freeing import Freeing
from application.bookings.payment_ports import SettlementWork
from application.bookings.securing import authorised
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.bookings.missed_instalments import (
    USUAL_RULES,
    InstalmentRules,
    WatchedInstalment,
)
from domain.bookings.owing import owing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import InstalmentId
from domain.kernel.money import Money
from domain.payments.payment import Payment


@attrs.frozen(kw_only=True)
class ChaseInstalments:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class ChaseInstalmentsHandler:
    """One transaction each: whatever comes between, the rest is found again next time.

    The payments of a booking are locked before anything is decided, so that one that is taken
    note of at the same moment comes before that, and counts, or after it, and is settled.
    """

    unit_of_work: UnitOfWork[SettlementWork]
    clock: Clock
    freeing: Freeing
    rules: InstalmentRules = USUAL_RULES

    async def __call__(self, command: ChaseInstalments, /) -> int:
        """How many were looked at; if that is the limit, there may be more."""

        def due(work: SettlementWork) -> Sequence[InstalmentId]:
            return work.instalments.due(now=self.clock(), limit=command.limit)

        ids = await self.unit_of_work(command.actor, due)
        for id in ids:
            await self._chase(command.actor, id)
        return len(ids)

    async def _chase(self, actor: Actor, id: InstalmentId) -> None:
        def chase(work: SettlementWork) -> None:
            watched, now = work.instalments.locked(id), self.clock()
            if watched is not None and watched.next_at <= now:
                booking = work.bookings.locked(watched.booking_id)
                self._look(work, watched, booking, work.payments.locked_of(booking.id))

        await self.unit_of_work(actor, chase)

    def _look(
        self,
        work: SettlementWork,
        watched: WatchedInstalment,
        booking: Booking,
        payments: Sequence[Payment],
    ) -> None:
        now, owed = self.clock(), _still_owed(work, booking)
        missing = owed - authorised(payments, owed.currency)
        if booking.state is not BookingState.CONFIRMED or owed.minor <= 0:
            work.instalments.forget(watched)
        elif missing.minor <= 0:
            work.instalments.save(watched.waits(now=now))
        elif not watched.grace_is_over(now):
            looked_at = watched.looked_at(missing=missing, rules=self.rules, now=now)
            work.instalments.save(looked_at)
        elif any(one.is_open for one in payments):
            work.instalments.save(watched.waits(now=now))
        elif self.rules.cancels and now < booking.starts_at:
            work.instalments.forget(watched.cancelled(missing=missing, now=now))
            cancelled = work.bookings.save(booking.cancel(now=now))
            self.freeing(work, [cancelled])
        else:
            work.instalments.save(watched.overdue(missing=missing, now=now))


def _still_owed(work: SettlementWork, booking: Booking) -> Money:
    """By now, or by when it is due; also what is only set aside, which may be let go of."""
    owed = owing(booking).total
    return owed - work.ledger.books_of(booking.id, owed.currency).settled
