"""Replace what is known of a venue or trainer."""

import attrs

from application.inventory.asset_steps import AssetStep
from application.inventory.ports import InventoryWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.assets import Asset, AssetDetails


@attrs.frozen(kw_only=True)
class ChangeAsset(AssetStep):
    """From now on this is so."""

    details: AssetDetails


@attrs.frozen(kw_only=True)
class ChangeAssetHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: ChangeAsset, /) -> Asset:
        def change(work: InventoryWork) -> Asset:
            asset = work.assets.get(command.asset_id)
            asset.must_be(command.kind)
            require_version(asset.version, command.version)
            return work.assets.save(asset.change(command.details, now=self.clock()))

        return await self.unit_of_work(command.actor, change, once=command.once)
