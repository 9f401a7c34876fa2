"""Add a single thing to what a resource offers: one car, one room."""

import attrs

from application.inventory.ports import InventoryWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.inventory.units import Unit
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId, UnitId


@attrs.frozen(kw_only=True)
class AddUnit:
    """`label` is what the desk knows it by: a number plate, a room number."""

    actor: Actor
    resource_id: ResourceId
    label: str
    once: Once[Unit] | None = None


@attrs.frozen(kw_only=True)
class AddUnitHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddUnit, /) -> Unit:
        def add(work: InventoryWork) -> Unit:
            resource = work.resources.get(command.resource_id)
            unit = Unit.add(
                UnitId(self.new_id()),
                resource_id=resource.stock,
                label=command.label,
                now=self.clock(),
            )
            return work.units.save(unit)

        return await self.unit_of_work(command.actor, add, once=command.once)
