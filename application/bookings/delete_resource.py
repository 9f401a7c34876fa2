"""Delete a resource: it is in no catalogue any more, and may be restored."""

import attrs

from application.bookings.ports import BookingWork
from application.inventory.resource_steps import ResourceStep
from application.inventory.staffing import free_staff
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resource_refusals import ResourceBooked, UnitsShared
from domain.inventory.resources import Resource


@attrs.frozen(kw_only=True)
class DeleteResource(ResourceStep):
    """It is no longer wanted."""


@attrs.frozen(kw_only=True)
class DeleteResourceHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: DeleteResource, /) -> Resource:
        """Raises ResourceBooked while bookings of it are open.

        Raises UnitsShared while others sell its units.
        """

        def delete(work: BookingWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            deleted = resource.delete(now=self.clock())
            selling = work.resources.selling(resource.id)
            if any(other.id != resource.id and other.deleted_at is None for other in selling):
                raise UnitsShared(resource.id)
            if work.bookings.open_of([resource.id], limit=1):
                raise ResourceBooked(resource.id)
            free_staff(work, resource.id)
            return work.resources.save(deleted)

        return await self.unit_of_work(command.actor, delete, once=command.once)
