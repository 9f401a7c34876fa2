"""Views of venues and trainers in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, and_, select

from adapters.mapping.assets import asset_of
from adapters.schema.units import assets, unit_claims
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.inventory.asset_views import AssetViews
from application.kernel.pages import Page, Slice
from domain.inventory.assets import Asset, AssetNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId, UnitId


@attrs.frozen
class SqlAssetViews(AssetViews):
    database: Database

    async def asset(self, actor: Actor, kind: str, asset_id: UnitId) -> Asset:
        question = select(assets).where(
            assets.c.organization_id == actor.organization_id,
            assets.c.id == asset_id,
            assets.c.kind == kind,
        )

        def ask(connection: Connection) -> Asset:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise AssetNotFound(asset_id)
            return asset_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def assets(self, actor: Actor, kind: str, *, deleted: bool, slice: Slice) -> Page[Asset]:
        is_deleted = assets.c.deleted_at.is_not(None)
        question = select(assets).where(
            assets.c.organization_id == actor.organization_id,
            assets.c.kind == kind,
            is_deleted if deleted else ~is_deleted,
        )
        keys = (assets.c.name, assets.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, asset_of),
            of=actor.organization_id,
        )

    async def staff(self, actor: Actor, resource_id: ResourceId) -> Sequence[Asset]:
        theirs = and_(
            unit_claims.c.organization_id == assets.c.organization_id,
            unit_claims.c.unit_id == assets.c.id,
        )
        question = (
            select(assets)
            .join(unit_claims, theirs)
            .where(
                assets.c.organization_id == actor.organization_id,
                unit_claims.c.hold_id == resource_id,
            )
            .order_by(assets.c.name, assets.c.id)
        )
        return await self.database.read(
            lambda connection: [asset_of(row) for row in connection.execute(question)],
            of=actor.organization_id,
        )
