"""What is on sale: a room type, a session of a course."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.inventory.events import ResourceAdded
from domain.kernel.events import Event
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone
from domain.kernel.refusals import NotFound


@attrs.frozen
class ResourceNotFound(NotFound):
    code: ClassVar[str] = "resource_not_found"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"no resource {self.resource_id}"


@attrs.frozen(kw_only=True)
class Resource:
    """Only described: what is left of it is counted in pools, what it costs is a rate plan."""

    id: ResourceId
    name: str
    zone: Zone
    offering: Offering
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(
        cls, id: ResourceId, *, name: str, zone: Zone, offering: Offering, now: datetime
    ) -> "Resource":
        added = ResourceAdded(resource_id=id, kind=offering.kind, title=name, occurred_at=now)
        return cls(id=id, name=name, zone=zone, offering=offering, events=(added,))
