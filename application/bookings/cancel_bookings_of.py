"""End all that stands of what does not take place, bookings last; runs as a job."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

import attrs

from application.bookings.call_off_waiting import CallOffWaiting
from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.release_blocks_of import ReleaseBlocksOf
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState, HoldPurpose
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class CancelBookingsOf:
    """`stock` is whose units were sold, under one name or several."""

    JOB: ClassVar[str] = "cancel_bookings_of"

    stock: ResourceId
    reason: str

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"stock": str(self.stock), "reason": self.reason})

    @classmethod
    def of(cls, job: QueuedJob) -> "CancelBookingsOf":
        return cls(
            stock=ResourceId(UUID(str(job.payload["stock"]))), reason=str(job.payload["reason"])
        )


@attrs.frozen(kw_only=True)
class CancelSomeBookings:
    actor: Actor
    stock: ResourceId
    reason: str


@attrs.frozen(kw_only=True)
class CancelSomeBookingsHandler:
    """One batch. What is cancelled is no longer open, so nothing is ever cancelled twice."""

    BATCH: ClassVar[int] = 20

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: CancelSomeBookings, /) -> int:
        """How many there were; none is left when it is 0."""

        def cancel(work: BookingWork) -> int:
            resource_ids = [resource.id for resource in work.resources.selling(command.stock)]
            bookings = work.bookings.open_of(resource_ids, limit=self.BATCH)
            ended = work.bookings.save_several([self._ended(one, command) for one in bookings])
            self._call_off_offers(work, ended, command)
            self.freeing(work, ended)
            return len(ended)

        return await self.unit_of_work(command.actor, cancel)

    def _ended(self, booking: Booking, command: CancelSomeBookings) -> Booking:
        if booking.state is BookingState.HELD:
            return booking.release(now=self.clock())
        return booking.cancel_by_company(reason=command.reason, now=self.clock())

    def _call_off_offers(
        self, work: BookingWork, ended: Sequence[Booking], command: CancelSomeBookings
    ) -> None:
        """Who is told that the offer is called off is not taken for somebody who declined it."""
        offered = [booking.id for booking in ended if booking.purpose is HoldPurpose.OFFER]
        if offered:
            for entry in work.waiting.of_offers(offered):
                work.waiting.save(entry.call_off(reason=command.reason, now=self.clock()))


@attrs.frozen(kw_only=True)
class CancelBookingsOfHandler:
    """May be interrupted anywhere and begun again: what is left to do is what is still open.

    Nobody joins or opens a block any more, and no booking is drawn from a block that is released:
    once bookings are cancelled, nothing comes after them.
    """

    call_off_waiting: UseCase[CallOffWaiting, int]
    release_blocks: UseCase[ReleaseBlocksOf, int]
    cancel_some: UseCase[CancelSomeBookings, int]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = CancelBookingsOf.of(job)
        actor, stock, reason = context.actor, command.stock, command.reason
        waiting = CallOffWaiting(actor=actor, stock=stock, reason=reason)
        while await context.step("call off waiting", partial(self.call_off_waiting, waiting)):
            continue
        blocks = ReleaseBlocksOf(actor=actor, stock=stock, reason=reason)
        while await context.step("release blocks", partial(self.release_blocks, blocks)):
            continue
        some = CancelSomeBookings(actor=actor, stock=stock, reason=reason)
        while await context.step("cancel bookings", partial(self.cancel_some, some)):
            continue
