"""Add a resource to the catalogue; it is on sale once pools are open and rates are set."""

import attrs

from application.inventory.ports import InventoryWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone


@attrs.frozen(kw_only=True)
class AddResource:
    actor: Actor
    name: str
    zone: Zone
    offering: Offering
    once: Once[Resource] | None = None


@attrs.frozen(kw_only=True)
class AddResourceHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddResource, /) -> Resource:
        def add(work: InventoryWork) -> Resource:
            resource = Resource.add(
                ResourceId(self.new_id()),
                name=command.name,
                zone=command.zone,
                offering=command.offering,
                now=self.clock(),
            )
            return work.resources.save(resource)

        return await self.unit_of_work(command.actor, add, once=command.once)
