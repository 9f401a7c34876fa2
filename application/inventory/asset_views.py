"""Venues and trainers as readers see them."""

from collections.abc import Sequence
from typing import Protocol

from application.kernel.pages import Page, Slice
from domain.inventory.assets import Asset
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId, UnitId


class AssetViews(Protocol):
    """Every question names the actor; nobody sees assets of another organization."""

    async def asset(self, actor: Actor, kind: str, asset_id: UnitId) -> Asset:
        """Deleted ones as well. Raises AssetNotFound."""
        ...

    async def assets(self, actor: Actor, kind: str, *, deleted: bool, slice: Slice) -> Page[Asset]:
        """Those that are deleted, or those that are not; by name."""
        ...

    async def staff(self, actor: Actor, resource_id: ResourceId) -> Sequence[Asset]:
        """What a session is held with, by name."""
        ...
