"""Venues and trainers, from their rows."""

from typing import Any

from sqlalchemy import Row

from adapters.sql.documents import new_converter, tagged
from domain.inventory.assets import Asset, AssetDetails
from domain.inventory.trainers import Trainer
from domain.inventory.venues import Venue

converter = new_converter()
tagged(converter, AssetDetails, {"venue": Venue, "trainer": Trainer})


def asset_of(row: Row[Any]) -> Asset:
    return Asset(
        id=row.id,
        details=converter.structure(row.details, AssetDetails),  # type: ignore[type-abstract]
        deleted_at=row.deleted_at,
        version=row.version,
    )
