"""Take back that a resource was deleted."""

import attrs

from application.inventory.ports import InventoryWork
from application.inventory.resource_steps import ResourceStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resources import Resource


@attrs.frozen(kw_only=True)
class RestoreResource(ResourceStep):
    """It is there again, as it was."""


@attrs.frozen(kw_only=True)
class RestoreResourceHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: RestoreResource, /) -> Resource:
        def restore(work: InventoryWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            return work.resources.save(resource.restore(now=self.clock()))

        return await self.unit_of_work(command.actor, restore, once=command.once)
