"""Venues and trainers in SQL."""

import attrs
from sqlalchemy import select

from adapters.mapping.assets import asset_of, converter
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
