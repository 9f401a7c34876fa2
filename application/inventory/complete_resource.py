"""Note that a session or a flight has taken place."""

import attrs

from application.inventory.ports import InventoryWork
from application.inventory.resource_steps import ResourceStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resources import Resource


@attrs.frozen(kw_only=True)
class CompleteResource(ResourceStep):
    """It is over."""


@attrs.frozen(kw_only=True)
class CompleteResourceHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: CompleteResource, /) -> Resource:
        def complete(work: InventoryWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            return work.resources.save(resource.complete(now=self.clock()))

        return await self.unit_of_work(command.actor, complete, once=command.once)
