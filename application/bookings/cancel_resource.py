"""Cancel what takes place once, a session or a flight, for everybody who booked it."""

import attrs

from application.bookings.cancel_bookings_of import CancelBookingsOf
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import HoldId, ResourceId


@attrs.frozen(kw_only=True)
class CancelResource:
    """`reason` is told to customers. `version` is the one the caller decided on."""

    actor: Actor
    resource_id: ResourceId
    reason: str
    version: int | None
    once: Once[Resource] | None = None


@attrs.frozen(kw_only=True)
class CancelResourceHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CancelResource, /) -> Resource:
        """From the commit on nothing of it is sold; its bookings are cancelled by a job.

        What else sells the same units takes place as little, and is cancelled with it.
        """

        def cancel(work: BookingWork) -> Resource:
            now = self.clock()
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            cancelled = resource.cancel(reason=command.reason, now=now)
            work.inventory.close(resource.stock)
            for other in work.resources.selling(resource.stock):
                if other.id != resource.id and other.may_be_cancelled:
                    work.resources.save(other.cancel(reason=command.reason, now=now))
                    work.units.release(HoldId(other.id))
            # Whoever and whatever it was to be held with is free for something else.
            work.units.release(HoldId(resource.id))
            job = CancelBookingsOf(stock=resource.stock, reason=command.reason).job
            work.jobs.enqueue(job)
            return work.resources.save(cancelled)

        return await self.unit_of_work(command.actor, cancel, once=command.once)
