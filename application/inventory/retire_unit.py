"""Take a unit out of use: nobody else gets it, and whoever has it keeps it."""

import attrs

from application.inventory.ports import InventoryWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.units import Unit
from domain.kernel.actors import Actor
from domain.kernel.identifiers import UnitId


@attrs.frozen(kw_only=True)
class RetireUnit:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    unit_id: UnitId
    version: int | None
    once: Once[Unit] | None = None


@attrs.frozen(kw_only=True)
class RetireUnitHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: RetireUnit, /) -> Unit:
        def retire(work: InventoryWork) -> Unit:
            unit = work.units.get(command.unit_id)
            require_version(unit.version, command.version)
            return work.units.save(unit.retire(now=self.clock()))

        return await self.unit_of_work(command.actor, retire, once=command.once)
