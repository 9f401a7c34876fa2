"""What other features may know about inventory."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ResourceId, UnitId


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
