"""Inventory as readers see it: what there is and what is left of it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.inventory.pools import USUALLY_FEW, Few
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.periods import DateRange


class Listed(Enum):
    """Which resources are listed: those in a state, or those that are deleted."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    DELETED = "deleted"


FewOf = Callable[[Actor], Awaitable[Few]]
"""How many left are few for the actor's organization."""


class Fill(Enum):
    """Almost full at 3 units or fewer left, or a fifth of the capacity, whichever is more.

    Unless the resource says how many are few, or else the organization.
    """

    AVAILABLE = "available"
    ALMOST_FULL = "almost_full"
    FULL = "full"
    CLOSED = "closed"


@attrs.frozen(kw_only=True)
class Availability:
    """One pool as it is now. `next_release_at` is when its first hold ends, if there is one."""

    pool_id: PoolId
    day: date
    capacity: int
    free: int
    closed: bool
    next_release_at: datetime | None
    low_at: int | None = None
    few: Few = USUALLY_FEW

    @property
    def fill(self) -> Fill:
        if self.closed:
            return Fill.CLOSED
        if self.free <= 0:
            return Fill.FULL
        low = self.few.of(self.capacity) if self.low_at is None else self.low_at
        return Fill.ALMOST_FULL if self.free <= low else Fill.AVAILABLE


@attrs.frozen(kw_only=True)
class FreeResource:
    """`free` units can be had on every one of the days asked for."""

    resource_id: ResourceId
    kind: str
    name: str
    first_day: date
    free: int


class InventoryViews(Protocol):
    """Every question names the actor; nobody sees inventory of another organization."""

    async def resource(self, actor: Actor, resource_id: ResourceId) -> Resource:
        """Raises ResourceNotFound."""
        ...

    async def resources(
        self,
        actor: Actor,
        *,
        kind: str | None = None,
        listed: Listed | None = None,
        category: str | None = None,
        slice: Slice,
    ) -> Page[Resource]:
        """By name; all that are not deleted, unless `listed` says which."""
        ...

    async def availability(
        self, actor: Actor, resource_id: ResourceId, *, dates: DateRange
    ) -> Sequence[Availability]:
        """The pools of a resource that begin within `dates`, by day. Raises ResourceNotFound."""
        ...

    async def search(
        self, actor: Actor, *, kind: str | None, dates: DateRange, units: int, slice: Slice
    ) -> Page[FreeResource]:
        """Resources with at least `units` free on all the days they are sold for within `dates`.

        A resource sold by the day counts only if it is on sale on every one of them.
        """
        ...
