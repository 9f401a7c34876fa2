"""Bring a deleted venue or trainer back."""

import attrs

from application.inventory.asset_steps import AssetStep
from application.inventory.ports import InventoryWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.assets import Asset


@attrs.frozen(kw_only=True)
class RestoreAsset(AssetStep):
    """Back in use."""


@attrs.frozen(kw_only=True)
class RestoreAssetHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: RestoreAsset, /) -> Asset:
        def restore(work: InventoryWork) -> Asset:
            asset = work.assets.get(command.asset_id)
            asset.must_be(command.kind)
            require_version(asset.version, command.version)
            return work.assets.save(asset.restore(now=self.clock()))

        return await self.unit_of_work(command.actor, restore, once=command.once)
