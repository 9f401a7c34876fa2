"""Add a venue or a trainer."""

import attrs

from application.inventory.ports import Assets, InventoryWork, Units
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.inventory.assets import Asset, AssetDetails
from domain.inventory.units import Unit
from domain.kernel.actors import Actor
from domain.kernel.identifiers import UnitId


@attrs.frozen(kw_only=True)
class AddAsset:
    actor: Actor
    details: AssetDetails
    once: Once[Asset] | None = None


@attrs.frozen(kw_only=True)
class AddAssetHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddAsset, /) -> Asset:
        def add(work: InventoryWork) -> Asset:
            new = Asset.add(UnitId(self.new_id()), command.details, now=self.clock())
            return keep_new(work.units, work.assets, new)

        return await self.unit_of_work(command.actor, add, once=command.once)


def keep_new(units: Units, assets: Assets, new: Asset) -> Asset:
    # As a unit it is had by one session at a time; its name stays where it can be erased.
    units.save(Unit(id=new.id, resource_id=None, label=new.details.kind))
    return assets.save(new)
