"""Take a resource off sale, back to a draft; what is booked stays booked."""

import attrs

from application.inventory.ports import InventoryWork
from application.inventory.resource_steps import ResourceStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resources import Resource


@attrs.frozen(kw_only=True)
class WithdrawResource(ResourceStep):
    """It goes off sale."""


@attrs.frozen(kw_only=True)
class WithdrawResourceHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: WithdrawResource, /) -> Resource:
        def withdraw(work: InventoryWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            return work.resources.save(resource.withdraw(now=self.clock()))

        return await self.unit_of_work(command.actor, withdraw, once=command.once)
