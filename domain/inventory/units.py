"""Units: single things that somebody has for a time — this car, that room, a venue."""

from datetime import datetime, timedelta, timezone
from typing import ClassVar

import attrs

from domain.inventory.events import UnitAdded, UnitWithdrawn
from domain.kernel.events import Event
from domain.kernel.identifiers import ResourceId, UnitId
from domain.kernel.periods import Period
from domain.kernel.refusals import Conflict, NotFound

FIRST_MINUTE = datetime(1900, 1, 1, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)


@attrs.frozen
class UnitNotFound(NotFound):
    code: ClassVar[str] = "unit_not_found"
    unit_id: UnitId

    def __str__(self) -> str:
        return f"no unit {self.unit_id}"


@attrs.frozen
class UnitRetired(Conflict):
    code: ClassVar[str] = "unit_retired"
    unit_id: UnitId

    def __str__(self) -> str:
        return f"unit {self.unit_id} is out of use"


@attrs.frozen
class UnitTaken(Conflict):
    code: ClassVar[str] = "unit_taken"
    unit_id: UnitId
    starts_at: datetime
    ends_at: datetime

    def __str__(self) -> str:
        span = f"{self.starts_at.isoformat()} to {self.ends_at.isoformat()}"
        return f"somebody has unit {self.unit_id} for some of the time from {span}"


@attrs.frozen
class NoUnitFree(Conflict):
    code: ClassVar[str] = "no_unit_free"
    resource_id: ResourceId
    starts_at: datetime
    ends_at: datetime

    def __str__(self) -> str:
        span = f"{self.starts_at.isoformat()} to {self.ends_at.isoformat()}"
        return f"no unit of {self.resource_id} is free all the time from {span}"


@attrs.frozen(kw_only=True)
class Unit:
    """Nobody has it twice at a time. Out of use, it is given to nobody else; who has it keeps it.

    What is no part of a resource, such as a venue, is a unit of none.
    """

    id: UnitId
    resource_id: ResourceId | None
    label: str
    retired: bool = False
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: UnitId, *, resource_id: ResourceId, label: str, now: datetime) -> "Unit":
        added = UnitAdded(unit_id=id, resource_id=resource_id, label=label, occurred_at=now)
        return cls(id=id, resource_id=resource_id, label=label, events=(added,))

    def retire(self, *, now: datetime) -> "Unit":
        """Raises UnitRetired if that is done already."""
        self.must_be_in_use()
        withdrawn = UnitWithdrawn(unit_id=self.id, resource_id=self.resource_id, occurred_at=now)
        return attrs.evolve(self, retired=True, events=(*self.events, withdrawn))

    def must_be_in_use(self) -> None:
        """Raises UnitRetired."""
        if self.retired:
            raise UnitRetired(self.id)


@attrs.frozen
class Minutes:
    """Whole minutes since 1900, from `first` up to but without `until`: how long units are had."""

    first: int
    until: int

    @classmethod
    def of(cls, period: Period) -> "Minutes":
        """All minutes of which the period has some part."""
        return cls(
            (period.starts_at - FIRST_MINUTE) // MINUTE,
            -((FIRST_MINUTE - period.ends_at) // MINUTE),
        )

    @property
    def period(self) -> Period:
        return Period(FIRST_MINUTE + self.first * MINUTE, FIRST_MINUTE + self.until * MINUTE)

    def overlap(self, other: "Minutes") -> bool:
        return self.first < other.until and other.first < self.until
