"""Bring a booking and its money together.

However a payment and a hold end, and whichever ends first: what was paid for is confirmed, and
what is not owed goes back. It looks at how things are, not at what has happened, so it may be done
at any time, any number of times, by anybody.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from application.bookings.charging import charge
from application.bookings.giving_back import GivingBack
from application.bookings.payment_ports import SettlementWork
from application.bookings.reclaiming import Reclaiming
from application.bookings.securing import (
    LET_GO,
    PaymentsOf,
    confirmed_if_paid,
    locked_payments,
    taken_again_if_paid,
)
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.payments.bookkeeping import Bookkeeping
from application.payments.carry_on_payment import CarryOnPayment
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.inventory.pools import AlreadyTaken, NotOnSale, SoldOut
from domain.inventory.units import NoUnitFree
from domain.kernel.actors import SYSTEM, Actor
from domain.kernel.identifiers import ActorId, BookingId
from domain.payments.payment import Payment

NEVER_TO_BE = LET_GO | {BookingState.DECLINED, BookingState.CANCELLED}

Late = Callable[[SettlementWork, Booking, PaymentsOf, datetime], Booking]


@attrs.frozen(kw_only=True)
class SettleBooking:
    """`by` is whoever made it necessary: they cannot approve alone what is given back."""

    JOB: ClassVar[str] = "settle_booking"

    actor: Actor
    booking_id: BookingId
    by: ActorId = SYSTEM

    @classmethod
    def job(cls, booking_id: BookingId, *, by: ActorId = SYSTEM) -> Job:
        return Job(name=cls.JOB, payload={"booking_id": str(booking_id), "by": str(by)})


@attrs.frozen(kw_only=True)
class SettleBookingHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    reclaiming: Reclaiming
    bookkeeping: Bookkeeping
    giving_back: GivingBack
    clock: Clock

    async def __call__(self, command: SettleBooking, /) -> Booking:
        """The booking as it is from now on. Raises BookingNotFound."""
        try:
            return await self.reclaiming(
                command.actor, lambda: self._settle(command, late=taken_again_if_paid)
            )
        except (SoldOut, NotOnSale, AlreadyTaken, NoUnitFree):
            # There is no room any more, so what was paid goes back.
            return await self._settle(command, late=_left_alone)

    async def _settle(self, command: SettleBooking, *, late: Late) -> Booking:
        def settle(work: SettlementWork) -> Booking:
            now = self.clock()
            before = work.bookings.get(command.booking_id)
            payments = locked_payments(work, before)
            paid_for = confirmed_if_paid(work, before, payments, now)
            booking = late(work, paid_for, payments, now)
            surplus = charge(work.ledger, booking, self.bookkeeping, now=now)
            own = payments[booking.id]
            if booking.state is not BookingState.HELD and surplus.minor > 0:
                self.giving_back.surplus(work, booking, own, surplus, by=command.by)
            if booking.state in NEVER_TO_BE:
                _let_go(work, own, now)
            return booking

        return await self.unit_of_work(command.actor, settle)


def _left_alone(_: SettlementWork, booking: Booking, __: PaymentsOf, ___: datetime) -> Booking:
    return booking


def _let_go(work: SettlementWork, payments: Sequence[Payment], now: datetime) -> None:
    """What customers have set aside for us, or may still pay, is for nothing now."""
    for payment in payments:
        if payment.is_open and payment.step is None:
            work.payments.save(payment.request_cancel(now=now))
            work.jobs.enqueue(CarryOnPayment.job(payment.id))


@attrs.frozen(kw_only=True)
class SettleBookingJob:
    settle: UseCase[SettleBooking, Booking]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        booking_id = BookingId(UUID(str(job.payload["booking_id"])))
        by = ActorId(UUID(str(job.payload["by"])))

        async def settle() -> None:
            await self.settle(SettleBooking(actor=context.actor, booking_id=booking_id, by=by))

        await context.step("settle", settle)
