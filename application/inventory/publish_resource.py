"""Put a draft on sale."""

import attrs

from application.inventory.ports import InventoryWork
from application.inventory.resource_steps import ResourceStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resources import Resource


@attrs.frozen(kw_only=True)
class PublishResource(ResourceStep):
    """A draft goes on sale."""


@attrs.frozen(kw_only=True)
class PublishResourceHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: PublishResource, /) -> Resource:
        def publish(work: InventoryWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            return work.resources.save(resource.publish(now=self.clock()))

        return await self.unit_of_work(command.actor, publish, once=command.once)
