"""What other features may know about inventory."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import IntentId, PoolId, ResourceId, UnitId


@attrs.frozen(kw_only=True)
class ResourceAdded(Event):
    name: ClassVar[str] = "resource_added"
    resource_id: ResourceId
    kind: str
    title: str

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class ResourceCancelled(Event):
    """It does not take place; whoever booked it is being told and owed what was paid."""

    name: ClassVar[str] = "resource_cancelled"
    resource_id: ResourceId
    reason: str

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class ResourceEvent(Event):
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class ResourceChanged(ResourceEvent):
    """`members` are the names of what is different now."""

    name: ClassVar[str] = "resource_changed"
    members: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ResourcePublished(ResourceEvent):
    name: ClassVar[str] = "resource_published"


@attrs.frozen(kw_only=True)
class ResourceWithdrawn(ResourceEvent):
    """It is a draft again; whoever has booked it keeps that."""

    name: ClassVar[str] = "resource_withdrawn"


@attrs.frozen(kw_only=True)
class ResourceCompleted(ResourceEvent):
    name: ClassVar[str] = "resource_completed"


@attrs.frozen(kw_only=True)
class ResourceDeleted(ResourceEvent):
    name: ClassVar[str] = "resource_deleted"


@attrs.frozen(kw_only=True)
class ResourceRestored(ResourceEvent):
    name: ClassVar[str] = "resource_restored"


@attrs.frozen(kw_only=True)
class PoolsOpened(Event):
    """Units went on sale, or their number changed; no dates where the resource is sold whole."""

    name: ClassVar[str] = "pools_opened"
    resource_id: ResourceId
    part: str | None = None
    first: date | None
    until: date | None
    capacity: int
    allowance: int
    closed: bool

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class UnitAdded(Event):
    name: ClassVar[str] = "unit_added"
    unit_id: UnitId
    resource_id: ResourceId
    label: str

    @property
    def subject(self) -> UUID:
        return self.unit_id


@attrs.frozen(kw_only=True)
class UnitWithdrawn(Event):
    """It is out of use: nobody else gets it."""

    name: ClassVar[str] = "unit_withdrawn"
    unit_id: UnitId
    resource_id: ResourceId | None

    @property
    def subject(self) -> UUID:
        return self.unit_id


@attrs.frozen(kw_only=True)
class AvailabilityEvent(Event):
    """A pool of the resource has come to another level; told once for each time it does."""

    resource_id: ResourceId
    pool_id: PoolId
    day: date
    capacity: int
    free: int

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class AvailabilityLow(AvailabilityEvent):
    name: ClassVar[str] = "availability_low"


@attrs.frozen(kw_only=True)
class AvailabilityFull(AvailabilityEvent):
    name: ClassVar[str] = "availability_full"


@attrs.frozen(kw_only=True)
class AvailableAgain(AvailabilityEvent):
    """It was full, and is not any more."""

    name: ClassVar[str] = "available_again"


@attrs.frozen(kw_only=True)
class IntentEvent(Event):
    intent_id: IntentId
    resource_id: ResourceId
    stock_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.intent_id


@attrs.frozen(kw_only=True)
class IntentActive(IntentEvent):
    name: ClassVar[str] = "intent_active"
    units: int
    expires_at: datetime


@attrs.frozen(kw_only=True)
class IntentCancelled(IntentEvent):
    name: ClassVar[str] = "intent_cancelled"


@attrs.frozen(kw_only=True)
class IntentExpired(IntentEvent):
    name: ClassVar[str] = "intent_expired"


@attrs.frozen(kw_only=True)
class AssetEvent(Event):
    """About a venue or a trainer; nothing personal."""

    asset_id: UnitId
    kind: str

    @property
    def subject(self) -> UUID:
        return self.asset_id


@attrs.frozen(kw_only=True)
class AssetAdded(AssetEvent):
    name: ClassVar[str] = "asset_added"


@attrs.frozen(kw_only=True)
class AssetChanged(AssetEvent):
    name: ClassVar[str] = "asset_changed"


@attrs.frozen(kw_only=True)
class AssetDeleted(AssetEvent):
    name: ClassVar[str] = "asset_deleted"


@attrs.frozen(kw_only=True)
class AssetRestored(AssetEvent):
    name: ClassVar[str] = "asset_restored"


@attrs.frozen(kw_only=True)
class SessionStaffed(Event):
    """From now on it is held with these venues and trainers, and no others."""

    name: ClassVar[str] = "session_staffed"
    resource_id: ResourceId
    asset_ids: tuple[UnitId, ...]

    @property
    def subject(self) -> UUID:
        return self.resource_id
