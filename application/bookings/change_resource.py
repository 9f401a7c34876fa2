"""Say something else about a resource, or sell it otherwise; for quotes to come."""

import attrs

from application.bookings.ports import BookingWork
from application.inventory.resource_steps import ResourceStep
from application.inventory.staffing import move_staff
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resource_refusals import ResourceBooked, UnitsShared
from domain.inventory.resources import Changes, Resource
from domain.kernel.identifiers import HoldId


@attrs.frozen(kw_only=True)
class ChangeResource(ResourceStep):
    changes: Changes


@attrs.frozen(kw_only=True)
class ChangeResourceHandler:
    """When and where it takes place is changed only while nobody has booked it.

    With bookings, it is cancelled for everybody, who are told so, and another one is added.
    """

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ChangeResource, /) -> Resource:
        def change(work: BookingWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            changed = resource.change(command.changes, now=self.clock())
            if changed is resource:
                return resource
            if changed.settled != resource.settled:
                _resettle(work, changed)
            return work.resources.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)


def _resettle(work: BookingWork, changed: Resource) -> None:
    if len(work.resources.selling(changed.stock)) > 1:
        raise UnitsShared(changed.id)
    if period := changed.offering.takes_place:
        work.inventory.redate(changed.stock, changed.zone.date_at(period.starts_at))
        if work.units.claimed(HoldId(changed.id)):
            move_staff(work, changed)
    # Only now, with its pools locked, nobody is just about to book it.
    if work.bookings.open_of([changed.id], limit=1):
        raise ResourceBooked(changed.id)
