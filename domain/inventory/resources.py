"""What is on sale: a room type, a session of a course, a flight."""

from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, TypedDict

import attrs

from domain.inventory import events
from domain.inventory.resource_refusals import (
    KindOfResourceFixed,
    NotYetOver,
    ResourceCannotBecome,
    ResourceIsDeleted,
    ResourceIsNotDeleted,
    UnfitStock,
)
from domain.inventory.wordings import folded, words
from domain.kernel.events import Event
from domain.kernel.identifiers import ResourceId, UnitId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class ResourceNotFound(NotFound):
    code: ClassVar[str] = "resource_not_found"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"no resource {self.resource_id}"


class ResourceState(Enum):
    """Whether it may be sold. Whether it is full or under way is reckoned, not stored."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


@attrs.frozen
class NotForSale(Conflict):
    code: ClassVar[str] = "not_for_sale"
    resource_id: ResourceId
    state: str

    def __str__(self) -> str:
        return f"resource {self.resource_id} is {self.state}: it cannot be booked"


@attrs.frozen
class NeverTakesPlace(Conflict):
    """What is always there cannot be called off; it can be taken off sale."""

    code: ClassVar[str] = "never_takes_place"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"resource {self.resource_id} does not take place at any one time"


@attrs.frozen
class AlreadyOver(Conflict):
    code: ClassVar[str] = "already_over"
    resource_id: ResourceId
    state: str

    def __str__(self) -> str:
        return f"resource {self.resource_id} is {self.state} already"


class Changes(TypedDict, total=False):
    """What is to be different about a resource; the rest stays as it is."""

    name: str
    zone: Zone
    offering: Offering
    description: str
    category: str | None
    keywords: tuple[str, ...]
    low_at: int | None


@attrs.frozen(kw_only=True)
class Resource:
    """Only described: what is left of it is counted in pools, what it costs is a rate plan.

    Several resources may sell the same units, such as a room with breakfast and without: all but
    one of them name that one in `stock_id`. `low_at` is how many are few, for one whose desk wants
    to know earlier or later than usual.
    """

    id: ResourceId
    name: str
    zone: Zone
    offering: Offering
    stock_id: ResourceId | None = None
    state: ResourceState = ResourceState.PUBLISHED
    deleted_at: datetime | None = None
    description: str = ""
    category: str | None = None
    keywords: tuple[str, ...] = ()
    low_at: int | None = None
    cancelled_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(
        cls,
        id: ResourceId,
        *,
        name: str,
        zone: Zone,
        offering: Offering,
        stock: "Resource | None" = None,
        state: ResourceState = ResourceState.PUBLISHED,
        description: str = "",
        category: str | None = None,
        keywords: tuple[str, ...] = (),
        low_at: int | None = None,
        now: datetime,
    ) -> "Resource":
        """Raises UnfitStock if it cannot sell the units of `stock`."""
        added = events.ResourceAdded(
            resource_id=id, kind=offering.kind, title=name, occurred_at=now
        )
        resource = cls(
            id=id,
            name=name,
            zone=zone,
            offering=offering,
            stock_id=None if stock is None else stock.id,
            state=state,
            description=description,
            category=category,
            keywords=keywords,
            low_at=low_at,
            events=(added,),
        )
        if stock is not None:
            stock.must_have_units_for(resource)
        return resource

    @property
    def stock(self) -> ResourceId:
        """Whose pools its units are counted in."""
        return self.stock_id or self.id

    @property
    def may_be_cancelled(self) -> bool:
        return self.state in (ResourceState.DRAFT, ResourceState.PUBLISHED)

    def cancel(self, *, reason: str, now: datetime) -> "Resource":
        """It does not take place, for nobody.

        Raises NeverTakesPlace, AlreadyOver, and what the offering says if it is too late.
        """
        if self.offering.takes_place is None:
            raise NeverTakesPlace(self.id)
        if not self.may_be_cancelled:
            raise AlreadyOver(self.id, self.state.value)
        cancelled = events.ResourceCancelled(resource_id=self.id, reason=reason, occurred_at=now)
        return attrs.evolve(
            self,
            state=ResourceState.CANCELLED,
            cancelled_at=now,
            offering=self.offering.called_off(),
            events=(*self.events, cancelled),
        )

    @property
    def settled(self) -> tuple[object, ...]:
        """What stays as it is while somebody has booked it."""
        return (self.zone, *self.offering.settled)

    def change(self, changes: Changes, *, now: datetime) -> "Resource":
        """Itself if nothing is different. Raises ResourceIsDeleted and KindOfResourceFixed."""
        self._must_not_be_deleted()
        wanted: dict[str, Any] = dict(changes)
        if offering := changes.get("offering"):
            if offering.kind != self.offering.kind:
                raise KindOfResourceFixed(self.offering.kind)
            wanted["offering"] = self.offering.turned_into(offering)
        members = tuple(sorted(name for name in wanted if wanted[name] != getattr(self, name)))
        if not members:
            return self
        changed = events.ResourceChanged(resource_id=self.id, members=members, occurred_at=now)
        return attrs.evolve(self, **wanted, events=(*self.events, changed))

    def publish(self, *, now: datetime) -> "Resource":
        """Raises ResourceIsDeleted and ResourceCannotBecome."""
        told = events.ResourcePublished(resource_id=self.id, occurred_at=now)
        return self._become(ResourceState.PUBLISHED, told, after=ResourceState.DRAFT)

    def withdraw(self, *, now: datetime) -> "Resource":
        """Off sale; bookings stand. Raises ResourceIsDeleted and ResourceCannotBecome."""
        told = events.ResourceWithdrawn(resource_id=self.id, occurred_at=now)
        return self._become(ResourceState.DRAFT, told, after=ResourceState.PUBLISHED)

    def complete(self, *, now: datetime) -> "Resource":
        """It has taken place.

        Raises NeverTakesPlace, NotYetOver, ResourceIsDeleted and ResourceCannotBecome.
        """
        period = self.offering.takes_place
        if period is None:
            raise NeverTakesPlace(self.id)
        if now < period.ends_at:
            raise NotYetOver(self.id, period.ends_at)
        told = events.ResourceCompleted(resource_id=self.id, occurred_at=now)
        return self._become(ResourceState.COMPLETED, told, after=ResourceState.PUBLISHED)

    def delete(self, *, now: datetime) -> "Resource":
        """Raises ResourceIsDeleted if that is done already."""
        self._must_not_be_deleted()
        told = events.ResourceDeleted(resource_id=self.id, occurred_at=now)
        return attrs.evolve(self, deleted_at=now, events=(*self.events, told))

    def restore(self, *, now: datetime) -> "Resource":
        """As it was when it was deleted. Raises ResourceIsNotDeleted."""
        if self.deleted_at is None:
            raise ResourceIsNotDeleted(self.id)
        told = events.ResourceRestored(resource_id=self.id, occurred_at=now)
        return attrs.evolve(self, deleted_at=None, events=(*self.events, told))

    def must_have_units_for(self, other: "Resource") -> None:
        """Raises UnfitStock."""
        alike = self.settled == other.settled and self.offering.kind == other.offering.kind
        if not alike or self.stock_id is not None or self.deleted_at is not None:
            raise UnfitStock(self.id)

    def _become(self, state: ResourceState, told: Event, *, after: ResourceState) -> "Resource":
        self._must_not_be_deleted()
        if self.state is not after:
            raise ResourceCannotBecome(self.id, self.state.value, state.value)
        return attrs.evolve(self, state=state, events=(*self.events, told))

    def _must_not_be_deleted(self) -> None:
        if self.deleted_at is not None:
            raise ResourceIsDeleted(self.id)

    @property
    def facets(self) -> frozenset[tuple[str, str]]:
        """What it is filtered by, as names and folded values; some names have several."""
        keywords = (*self.keywords, *self.offering.keywords)
        told = [*self.offering.facets.items(), *(("keyword", word) for word in keywords)]
        if self.category is not None:
            told.append(("category", self.category))
        return frozenset((name, folded(text)) for name, text in told)

    @property
    def words(self) -> frozenset[str]:
        """What its text search finds it by."""
        texts = (text for _, text in self.facets)
        return words((self.name, self.description, *texts))

    def staffed(self, asset_ids: tuple[UnitId, ...], *, now: datetime) -> "Resource":
        """Who and what it is held with is decided."""
        staffed = events.SessionStaffed(resource_id=self.id, asset_ids=asset_ids, occurred_at=now)
        return attrs.evolve(self, events=(*self.events, staffed))

    def must_be_for_sale(self) -> None:
        """Raises NotForSale."""
        if self.deleted_at is not None:
            raise NotForSale(self.id, "deleted")
        if self.state is not ResourceState.PUBLISHED:
            raise NotForSale(self.id, self.state.value)
