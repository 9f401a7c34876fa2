"""Venues and trainers in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import select

from adapters.mapping.assets import asset_of, converter
from adapters.repositories.ordering import in_order
from adapters.schema.units import assets
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.inventory.ports import Assets
from domain.inventory.assets import Asset, AssetDetails, AssetNotFound
from domain.kernel.identifiers import UnitId


@attrs.frozen
class SqlAssets(Assets):
    scope: Scope

    def get(self, asset_id: UnitId) -> Asset:
        found = self.scope.ask(
            select(assets).where(self.scope.owns(assets), assets.c.id == asset_id)
        )
        row = found.one_or_none()
        if row is None:
            raise AssetNotFound(asset_id)
        return asset_of(row)

    def several(self, asset_ids: Sequence[UnitId]) -> Sequence[Asset]:
        rows = self.scope.ask(
            select(assets).where(self.scope.owns(assets), assets.c.id.in_(asset_ids))
        )
        return in_order(asset_ids, {row.id: asset_of(row) for row in rows}, AssetNotFound)

    def save(self, asset: Asset) -> Asset:
        version = store(
            self.scope,
            assets,
            asset.id,
            asset.version,
            kind=asset.details.kind,
            name=asset.details.name,
            deleted_at=asset.deleted_at,
            details=converter.unstructure(asset.details, unstructure_as=AssetDetails),
        )
        EventLog(self.scope).publish(asset.events)
        return attrs.evolve(asset, version=version, events=())
