"""Single units as readers see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.inventory.units import Unit
from domain.kernel.actors import Actor
from domain.kernel.identifiers import HoldId, ResourceId, UnitId


@attrs.frozen(kw_only=True)
class ClaimedUnit:
    """A unit, and from when until when somebody has it, with what it needs after that."""

    unit_id: UnitId
    label: str
    starts_at: datetime
    ends_at: datetime


class UnitViews(Protocol):
    """Every question names the actor; nobody sees units of another organization."""

    async def unit(self, actor: Actor, unit_id: UnitId) -> Unit:
        """Raises UnitNotFound."""
        ...

    async def units(self, actor: Actor, resource_id: ResourceId, *, slice: Slice) -> Page[Unit]:
        """By label."""
        ...

    async def claimed(self, actor: Actor, hold_id: HoldId) -> Sequence[ClaimedUnit]:
        """Those that are kept for a booking, by label."""
        ...
