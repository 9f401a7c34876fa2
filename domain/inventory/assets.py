"""What sessions need beside seats: venues and trainers, none of them in two places at a time."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from domain.inventory.events import AssetAdded, AssetChanged, AssetDeleted, AssetRestored
from domain.kernel.events import Event
from domain.kernel.identifiers import UnitId
from domain.kernel.periods import Period
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class AssetNotFound(NotFound):
    code: ClassVar[str] = "asset_not_found"
    asset_id: UnitId

    def __str__(self) -> str:
        return f"no venue or trainer {self.asset_id}"


@attrs.frozen
class AssetDeletedAlready(Conflict):
    code: ClassVar[str] = "asset_deleted"
    asset_id: UnitId

    def __str__(self) -> str:
        return f"{self.asset_id} is deleted: restore it first"


@attrs.frozen
class AssetNotDeleted(Conflict):
    code: ClassVar[str] = "asset_not_deleted"
    asset_id: UnitId

    def __str__(self) -> str:
        return f"{self.asset_id} is not deleted"


@attrs.frozen
class Clash:
    """Why something cannot be used for a session: one word for programs, its id for people."""

    asset_id: UnitId
    reason: str


@attrs.frozen(kw_only=True)
class Need:
    """What a session needs: for so many people, at a time, with certain qualifications."""

    period: Period
    people: int
    qualifications: Sequence[str] = ()


@attrs.frozen(kw_only=True)
class AssetDetails(ABC):
    """What is known of it; each kind has its own."""

    kind: ClassVar[str]

    name: str

    @abstractmethod
    def shortcomings(self, need: Need) -> Iterator[str]:
        """Why it will not do, in one word each."""


@attrs.frozen(kw_only=True)
class Asset:
    """`id` is that of the unit as which it is claimed."""

    id: UnitId
    details: AssetDetails
    deleted_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: UnitId, details: AssetDetails, *, now: datetime) -> "Asset":
        added = AssetAdded(asset_id=id, kind=details.kind, occurred_at=now)
        return cls(id=id, details=details, events=(added,))

    def change(self, details: AssetDetails, *, now: datetime) -> "Asset":
        """Raises AssetNotFound for details of another kind, AssetDeletedAlready."""
        self.must_be(details.kind)
        self.must_be_there()
        changed = AssetChanged(asset_id=self.id, kind=details.kind, occurred_at=now)
        return attrs.evolve(self, details=details, events=(*self.events, changed))

    def delete(self, *, now: datetime) -> "Asset":
        """Sessions it is assigned to keep it."""
        self.must_be_there()
        deleted = AssetDeleted(asset_id=self.id, kind=self.details.kind, occurred_at=now)
        return attrs.evolve(self, deleted_at=now, events=(*self.events, deleted))

    def restore(self, *, now: datetime) -> "Asset":
        if self.deleted_at is None:
            raise AssetNotDeleted(self.id)
        restored = AssetRestored(asset_id=self.id, kind=self.details.kind, occurred_at=now)
        return attrs.evolve(self, deleted_at=None, events=(*self.events, restored))

    def must_be(self, kind: str) -> None:
        """Raises AssetNotFound."""
        if self.details.kind != kind:
            raise AssetNotFound(self.id)

    def must_be_there(self) -> None:
        """Raises AssetDeletedAlready."""
        if self.deleted_at is not None:
            raise AssetDeletedAlready(self.id)

    def clashes(self, need: Need) -> tuple[Clash, ...]:
        return tuple(Clash(self.id, reason) for reason in self.details.shortcomings(need))
