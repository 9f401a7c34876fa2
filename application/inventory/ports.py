"""What the use cases need from inventory."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from application.kernel.facts import Facts
from domain.inventory.assets import Asset
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource
from domain.inventory.units import Unit
from domain.kernel.claims import Claim, ExclusiveClaim, IntervalClaim
from domain.kernel.identifiers import HoldId, PoolId, ResourceId, UnitId
from domain.kernel.periods import Period

AnyWork = TypeVar("AnyWork", contravariant=True)


class Inventory(Protocol):
    """Counts what is taken of every pool; no count ever leaves the range from 0 to its limit.

    The storage itself decides, in the statement that writes: no adapter reads a count, compares
    it and writes it back. Pools are locked in ascending order of their ids, so that two
    transactions never wait for each other in a circle.
    """

    def take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        """Takes all claims or none, one claim a pool.

        Raises, at the latest when the unit of work ends, SoldOut with what is free and when the
        next hold ends, NotOnSale for pools that do not exist, and Stale if units came free while
        the reason was looked up.
        """
        ...

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        """Takes what several holds claim, all or nothing; claims on one pool are added up.

        Raises what `take` raises.
        """
        ...

    def take_exclusively(self, hold_id: HoldId, claims: Sequence[ExclusiveClaim]) -> None:
        """Raises AlreadyTaken, at the latest when the unit of work ends."""
        ...

    def taken_among(self, claims: Sequence[ExclusiveClaim]) -> Sequence[ExclusiveClaim]:
        """Those of the claims that somebody has."""
        ...

    def take_units(
        self, hold_id: HoldId, intervals: Sequence[IntervalClaim]
    ) -> tuple[UnitId, ...]:
        """Takes for each interval one unit of the resource that nobody has at that time.

        Which ones, the storage decides. Raises NoUnitFree, or Stale if one came free while it was
        looked for again and again.
        """
        ...

    def take_any(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> None:
        """Like `take_units`, for whoever need not know yet which ones.

        Raises what `take_units` raises, at the latest when the unit of work ends.
        """
        ...

    def swap(self, hold_id: HoldId, *, before: Sequence[Claim], after: Sequence[Claim]) -> None:
        """Takes `after` in the place of `before`, which is all that stands for this hold.

        What is in both is kept without being free in between. Raises what `take` raises, and
        then nothing has changed.
        """
        ...

    def transfer(self, from_hold: HoldId, to_hold: HoldId, claims: Sequence[Claim]) -> None:
        """What is taken already stands for another hold; nothing is free in between.

        All claims or none, one claim a pool. Raises BlockUsedUp if fewer units stand for
        `from_hold`. `to_hold` has nothing of these pools yet.
        """
        ...

    def taken_exclusively(self, resource_id: ResourceId) -> Sequence[ExclusiveClaim]:
        """What of this resource only one booking may have, and one has now."""
        ...

    def swap_exclusively(
        self,
        hold_id: HoldId,
        *,
        before: Sequence[ExclusiveClaim],
        after: Sequence[ExclusiveClaim],
    ) -> None:
        """Like swap, of what only one booking may have. Raises AlreadyTaken."""
        ...

    def give_back(self, hold_ids: Sequence[HoldId]) -> None:
        """Gives back all that is still taken for these holds, single units included.

        Doing it twice changes nothing.
        """
        ...

    def lock(self, pool_ids: Sequence[PoolId]) -> Mapping[PoolId, Pool]:
        """The pools as they are, and as they stay until the unit of work ends.

        Nobody takes or gives back any of their units meanwhile. Must come before whatever else
        locks pools in this unit, or else name only pools above those.
        """
        ...

    def close(self, resource_id: ResourceId) -> None:
        """Nothing more is taken of any of its pools; what is taken stays taken."""
        ...

    def redate(self, resource_id: ResourceId, day: date) -> None:
        """All pools of a resource that is sold whole are of this day from now on."""
        ...

    def open(self, pools: Sequence[Pool]) -> None:
        """Puts units on sale, or changes how many there are.

        Raises CapacityBelowTaken, and changes nothing, if more are taken than would be left.
        """
        ...


class Units(Protocol):
    """Single units, and who has them when: nobody at the same time as somebody else.

    The storage itself decides, for any two claims of one unit.
    """

    def get(self, unit_id: UnitId) -> Unit:
        """Raises UnitNotFound."""
        ...

    def save(self, unit: Unit) -> Unit:
        """Stores the unit, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def several(self, unit_ids: Sequence[UnitId]) -> Sequence[Unit]:
        """In that order. Raises UnitNotFound."""
        ...

    def claim(
        self, hold_id: HoldId, unit_ids: Sequence[UnitId], period: Period
    ) -> Sequence[UnitId]:
        """Takes these units, each once; those that it cannot have are the answer, ascending."""
        ...

    def claimed(self, hold_id: HoldId) -> Sequence[UnitId]:
        """The units of the hold, in ascending order."""
        ...

    def release(self, hold_id: HoldId) -> None:
        """Gives back the single units of the hold, and nothing else that it has."""
        ...


class Assets(Protocol):
    """Venues and trainers."""

    def get(self, asset_id: UnitId) -> Asset:
        """Raises AssetNotFound."""
        ...

    def several(self, asset_ids: Sequence[UnitId]) -> Sequence[Asset]:
        """In that order. Raises AssetNotFound."""
        ...

    def save(self, asset: Asset) -> Asset:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class Resources(Protocol):
    def get(self, resource_id: ResourceId) -> Resource:
        """Raises ResourceNotFound."""
        ...

    def known(self, resource_ids: Sequence[ResourceId]) -> Collection[ResourceId]:
        """Those of them that there are."""
        ...

    def several(self, resource_ids: Sequence[ResourceId]) -> Sequence[Resource]:
        """Those that there are, in any order."""
        ...

    def selling(self, stock: ResourceId) -> Sequence[Resource]:
        """All that sell units of this stock, whatever their state, by id."""
        ...

    def make_findable(self, *, limit: int) -> int:
        """Writes down what resources of old are found by, of so many; how many there were.

        That is done once for each, and whenever one is saved.
        """
        ...

    def save(self, resource: Resource) -> Resource:
        """Stores the resource, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class WaitingFirst(Protocol[AnyWork]):
    """Lets those who wait for units have them before anybody else sees that they are free."""

    def around(
        self, work: AnyWork, pool_ids: Sequence[PoolId], free: Callable[[], None], /
    ) -> None:
        """`free` puts units of these pools on sale. Raises Stale."""
        ...


class InventoryWork(Protocol):
    """All that one transaction about inventory may touch."""

    @property
    def inventory(self) -> Inventory: ...

    @property
    def resources(self) -> Resources: ...

    @property
    def units(self) -> Units: ...

    @property
    def assets(self) -> Assets: ...

    @property
    def facts(self) -> Facts: ...
