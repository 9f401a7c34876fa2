"""What may come of a call, in the words of the organization."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import CallId, DispositionId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class DispositionNotFound(NotFound):
    code: ClassVar[str] = "disposition_not_found"
    disposition_id: DispositionId

    def __str__(self) -> str:
        return f"no disposition {self.disposition_id}"


@attrs.frozen
class DispositionLabelTaken(Conflict):
    code: ClassVar[str] = "disposition_label_taken"

    def __str__(self) -> str:
        return "there is a disposition of that label already"


@attrs.frozen
class DispositionRetired(Conflict):
    """Calls that have it keep it."""

    code: ClassVar[str] = "disposition_retired"
    disposition_id: DispositionId

    def __str__(self) -> str:
        return f"disposition {self.disposition_id} is not given to calls any more"


@attrs.frozen
class DispositionRequired(Conflict):
    code: ClassVar[str] = "disposition_required"
    call_id: CallId

    def __str__(self) -> str:
        return f"call {self.call_id} is written up with a disposition, and has none"


@attrs.frozen(kw_only=True)
class DispositionFact(Event):
    disposition_id: DispositionId

    @property
    def subject(self) -> UUID:
        return self.disposition_id


@attrs.frozen(kw_only=True)
class DispositionAdded(DispositionFact):
    name: ClassVar[str] = "disposition_added"


@attrs.frozen(kw_only=True)
class DispositionChanged(DispositionFact):
    """Its label, or whether calls are given it."""

    name: ClassVar[str] = "disposition_changed"
    active: bool


@attrs.frozen(kw_only=True)
class Disposition:
    """One that is not active is retired: calls that have it show it still."""

    id: DispositionId
    label: str
    active: bool = True
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: DispositionId, label: str, *, now: datetime) -> "Disposition":
        added = DispositionAdded(disposition_id=id, occurred_at=now)
        return cls(id=id, label=label, events=(added,))

    def change(self, label: str, *, active: bool, now: datetime) -> "Disposition":
        if (self.label, self.active) == (label, active):
            return self
        changed = DispositionChanged(disposition_id=self.id, active=active, occurred_at=now)
        return attrs.evolve(self, label=label, active=active, events=(*self.events, changed))

    def must_be_active(self) -> None:
        """Raises DispositionRetired."""
        if not self.active:
            raise DispositionRetired(self.id)
