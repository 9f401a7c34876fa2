"""Delete a venue or trainer: sessions it is assigned to keep it, no others get it."""

import attrs

from application.inventory.asset_steps import AssetStep
from application.inventory.ports import InventoryWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.assets import Asset


@attrs.frozen(kw_only=True)
class DeleteAsset(AssetStep):
    """Out of sight, until it is restored."""


@attrs.frozen(kw_only=True)
class DeleteAssetHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: DeleteAsset, /) -> Asset:
        def delete(work: InventoryWork) -> Asset:
            asset = work.assets.get(command.asset_id)
            asset.must_be(command.kind)
            require_version(asset.version, command.version)
            return work.assets.save(asset.delete(now=self.clock()))

        return await self.unit_of_work(command.actor, delete, once=command.once)
