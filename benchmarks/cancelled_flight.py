"""A carrier cancels its fullest flight, and the job that cancels its bookings is interrupted."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import attrs
from sqlalchemy import Connection, Row, func, select

from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.schema.events import event_log
from adapters.sql.vaults import NO_VAULT
from application.bookings.cancel_bookings_of import CancelBookingsOf
from application.bookings.cancel_resource import CancelResource
from application.kernel.jobs import JobContext, QueuedJob
from application.notifications.send_booking_message import SendBookingMessage
from application.notifications.subscribers import BookingMessages
from benchmarks.counted import findings, sold
from benchmarks.stages import Stage
from benchmarks.tables import heading, say
from domain.bookings.booking import Booking
from domain.bookings.events import BookingCancelled
from domain.bookings.life import BookingState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId

Result = TypeVar("Result")
Rows = Mapping[str, Row[Any]]

AT_ONCE = 1000  # events that are numbered or heard in one transaction
ALL = 10**9


@attrs.frozen
class Context(JobContext):
    """Of a job that takes no steps and tells no progress."""

    actor: Actor

    async def step(self, name: str, work: Any, /) -> Any:
        raise AssertionError(name)

    async def progress(self, done: int, total: int) -> None:
        raise AssertionError(done, total)


@attrs.frozen(kw_only=True)
class CancelledFlight:
    on: Stage

    async def run(self) -> bool:
        before = await self._ask(_bookings)
        ((resource_id, _),) = Counter(row.resource_id for row in before.values()).most_common(1)
        booked = {id for id, row in before.items() if row.resource_id == resource_id}
        legs = Counter(row.itinerary_id for row in before.values())
        connecting = sum(legs[before[id].itinerary_id] > 1 for id in booked)
        cancelled = await self.on.container.bookings.cancel_resource()(
            CancelResource(
                actor=self.on.actor, resource_id=resource_id, reason="A strike.", version=None
            )
        )
        heading(f"{cancelled.name} is cancelled: {len(booked)} bookings of it")
        say(f"  {connecting} of them with other legs in the same itinerary")
        say(f"  interrupted after {await self._cancel_bookings(resource_id)}, then begun again")
        await self._tell()
        right = await self._report(resource_id, before, booked)
        say(f"  its status: {cancelled.offering.progress.status.value}")
        return right and cancelled.offering.progress.status.value == "cancelled"

    async def _cancel_bookings(self, resource_id: ResourceId) -> int:
        """How many were cancelled when the job was interrupted."""
        (job,) = await self._jobs(CancelBookingsOf.JOB)
        context = Context(self.on.actor)
        handler: Any = self.on.container.subscriptions.cancel_bookings_of()
        views: Any = self.on.container.bookings.cancellation_views()
        first = asyncio.create_task(handler(job, context))
        begun = False
        while not begun:
            begun = (await views.progress(self.on.actor, resource_id)).cancelled > 0
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
        halfway: int = (await views.progress(self.on.actor, resource_id)).cancelled
        for _ in range(2):  # whoever runs jobs may well run one once more
            await handler(job, context)
        return halfway

    async def _tell(self) -> None:
        """What a worker does: numbers all events, and those who write mail hear them."""
        relay, here = self.on.container.event_relay(), self.on.actor.organization_id
        while await relay.number(here, limit=AT_ONCE):
            continue
        while await relay.deliver(BookingMessages(), here, limit=AT_ONCE):
            continue

    async def _report(self, resource_id: ResourceId, before: Rows, booked: set[str]) -> bool:
        after = await self._ask(_bookings)
        ended = [booking_of(after[id], NO_VAULT) for id in booked]
        refunded = [one for one in ended if _is_refunded(one)]
        changed = {id for id in after if before.get(id) != after[id]}
        events = await self._ask(_cancellations)
        mails = Counter(
            str(job.payload["booking_id"])
            for job in await self._jobs(SendBookingMessage.JOB)
            if job.payload["event"] == BookingCancelled.name
        )
        database, organization_id = self.on.container.database(), self.on.actor.organization_id
        left = await sold(database, organization_id, resource_id)
        broken = await findings(self.on.container)
        once = dict.fromkeys(booked, 1)
        right = len(refunded) == len(booked) and changed == booked and events == mails == once
        right = right and not (left.taken or left.claimed or broken)
        due = sum(one.agreement.price.total.minor for one in refunded)
        say(
            f"  cancelled with all of the price due back: {len(refunded)}, {due / 100:,.2f} EUR; "
            f"events {sum(events.values())}, mails {sum(mails.values())}; seats still taken "
            f"{left.taken}; other bookings changed {len(changed - booked)}; other findings "
            f"{len(broken)}" + ("" if right else "  <-- WRONG")
        )
        return right

    async def _jobs(self, name: str) -> list[QueuedJob]:
        waiting = await self.on.container.queued_jobs().waiting(limit=ALL)
        return [job for job in waiting if job.name == name]

    async def _ask(self, question: Callable[[Connection], Result]) -> Result:
        result: Result = await self.on.container.database().read(
            question, of=self.on.actor.organization_id
        )
        return result


def _bookings(connection: Connection) -> Rows:
    return {str(row.id): row for row in connection.execute(whole_bookings())}


def _cancellations(connection: Connection) -> dict[str, int]:
    """How many events say so of each booking."""
    counted = (
        select(event_log.c.subject, func.count())
        .where(event_log.c.name == BookingCancelled.name)
        .group_by(event_log.c.subject)
    )
    return {str(subject): number for subject, number in connection.execute(counted)}


def _is_refunded(booking: Booking) -> bool:
    cancellation = booking.cancellation
    return (
        booking.state is BookingState.CANCELLED
        and cancellation is not None
        and cancellation.by_company
        and cancellation.refund == booking.agreement.price.total
    )
