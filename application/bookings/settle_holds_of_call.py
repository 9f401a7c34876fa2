"""A call is over: what was held in it is let go of, or held longer, as it was set."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain
from typing import ClassVar, Protocol
from uuid import UUID

import attrs

from application.bookings.freeing import Freeing
from application.bookings.itinerary_steps import take_step
from application.bookings.payment_ports import SettlementWork
from application.bookings.release_itinerary import release_together
from application.bookings.securing import locked_payments
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from domain.bookings.after_calls import AfterCalls, HoldsAfterCalls
from domain.bookings.booking import Booking
from domain.bookings.events import BookingHeld
from domain.bookings.life import BookingState, HoldAtItsLongest, HoldExpired, HoldPurpose
from domain.calls.events import CallEnded
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, CallId
from domain.payments.payment import PaymentState

FOR_NOTHING = frozenset({PaymentState.CANCELLED, PaymentState.FAILED})


class HoldsOfCalls(Protocol):
    async def left(self, actor: Actor, call_id: CallId) -> Sequence[BookingId]:
        """What was held in the call and still is, once its line is down; until then, nothing."""
        ...


@attrs.frozen(kw_only=True)
class SettleHoldsOfCall:
    JOB: ClassVar[str] = "settle_holds_of_call"

    actor: Actor
    call_id: CallId
    ended_at: datetime

    @classmethod
    def job(cls, call_id: UUID, *, ended_at: datetime) -> Job:
        payload = {"call_id": str(call_id), "ended_at": ended_at.isoformat()}
        return Job(name=cls.JOB, payload=payload)


@attrs.frozen
class HoldsOfEndedCalls(Subscriber):
    """A hold may be told of after the end of its call, though it was asked for before."""

    name: ClassVar[str] = "holds_of_ended_calls"
    hears: ClassVar[frozenset[str]] = frozenset({CallEnded.name, BookingHeld.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        call_id = event.subject if event.name == CallEnded.name else event.call_id
        if call_id is not None:
            work.jobs.enqueue(SettleHoldsOfCall.job(call_id, ended_at=event.occurred_at))


@attrs.frozen(kw_only=True)
class SettleHoldsOfCallHandler:
    """Whoever is paying is left alone: their hold waits for the payment."""

    unit_of_work: UnitOfWork[SettlementWork]
    holds_of_calls: HoldsOfCalls
    freeing: Freeing
    clock: Clock
    after: AfterCalls

    async def __call__(self, command: SettleHoldsOfCall, /) -> None:
        if self.after.holds is HoldsAfterCalls.KEEP:
            return
        for booking_id in await self.holds_of_calls.left(command.actor, command.call_id):
            await self._settle(command, booking_id)

    async def _settle(self, command: SettleHoldsOfCall, booking_id: BookingId) -> None:
        def settle(work: SettlementWork) -> None:
            booking = work.bookings.locked(booking_id)
            if not _is_idle(work, booking):
                return
            if self.after.holds is HoldsAfterCalls.RELEASE:
                self._release(work, booking)
            else:
                self._extend(work, booking, command.ended_at)

        await self.unit_of_work(command.actor, settle)

    def _release(self, work: SettlementWork, booking: Booking) -> None:
        now = self.clock()
        if booking.itinerary_id is None:
            self.freeing(work, [work.bookings.save(booking.release(now=now))])
            return
        itinerary = work.itineraries.get(booking.itinerary_id)
        release_together(work, itinerary, freeing=self.freeing, now=now)

    def _extend(self, work: SettlementWork, booking: Booking, ended_at: datetime) -> None:
        now = self.clock()
        terms = self.after.terms(ended_at=ended_at, now=now)
        with suppress(HoldAtItsLongest, HoldExpired):
            if booking.itinerary_id is None:
                work.bookings.save(booking.extend(terms=terms, now=now))
                return
            itinerary = work.itineraries.get(booking.itinerary_id)
            longer = itinerary.extend(now=now)
            take_step(work, itinerary, longer, lambda one: one.extend(terms=terms, now=now))


def _is_idle(work: SettlementWork, booking: Booking) -> bool:
    """Held for a payment that nobody has begun."""
    if booking.state is not BookingState.HELD or booking.purpose is not HoldPurpose.PAYMENT:
        return False
    payments = chain.from_iterable(locked_payments(work, booking).values())
    return all(payment.state in FOR_NOTHING for payment in payments)


@attrs.frozen(kw_only=True)
class SettleHoldsOfCallJob:
    settle: UseCase[SettleHoldsOfCall, None]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SettleHoldsOfCall(
            actor=context.actor,
            call_id=CallId(UUID(str(job.payload["call_id"]))),
            ended_at=datetime.fromisoformat(str(job.payload["ended_at"])),
        )

        async def settle() -> None:
            await self.settle(command)

        await context.step("settle", settle)
