"""Add a resource to the catalogue; it is on sale once pools are open and rates are set."""

import attrs

from application.inventory.ports import InventoryWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.inventory.resources import Resource, ResourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone


@attrs.frozen(kw_only=True)
class AddResource:
    """`stock_id` names the resource whose units it sells, if it has none of its own."""

    actor: Actor
    name: str
    zone: Zone
    offering: Offering
    stock_id: ResourceId | None = None
    state: ResourceState = ResourceState.PUBLISHED
    description: str = ""
    category: str | None = None
    keywords: tuple[str, ...] = ()
    low_at: int | None = None
    once: Once[Resource] | None = None


@attrs.frozen(kw_only=True)
class AddResourceHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddResource, /) -> Resource:
        """Raises ResourceNotFound and UnfitStock for units that it cannot sell."""

        def add(work: InventoryWork) -> Resource:
            stock_id = command.stock_id
            stock = None if stock_id is None else work.resources.get(stock_id)
            resource = Resource.add(
                ResourceId(self.new_id()),
                name=command.name,
                zone=command.zone,
                offering=command.offering,
                stock=stock,
                state=command.state,
                description=command.description,
                category=command.category,
                keywords=command.keywords,
                low_at=command.low_at,
                now=self.clock(),
            )
            return work.resources.save(resource)

        return await self.unit_of_work(command.actor, add, once=command.once)
