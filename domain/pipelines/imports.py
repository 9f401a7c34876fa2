"""Imports: rows from elsewhere, of which the good are taken and the bad are named."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.actors import Permission
from domain.kernel.events import Event
from domain.kernel.identifiers import ImportId
from domain.kernel.refusals import NotFound
from domain.pipelines.events import (
    ImportCompleted,
    ImportEvent,
    ImportProgressed,
    ImportStarted,
)


@attrs.frozen
class ImportNotFound(NotFound):
    code: ClassVar[str] = "import_not_found"
    import_id: ImportId

    def __str__(self) -> str:
        return f"no import {self.import_id}"


class ImportTarget(Enum):
    """What the rows become."""

    OFFERINGS = "offerings"
    POOLS = "pools"
    PAST_BOOKINGS = "past_bookings"
    PAST_CALLS = "past_calls"
    BOOKINGS = "bookings"
    CONTACTS = "contacts"
    DOCUMENTS = "documents"

    @property
    def needs(self) -> Permission:
        """What it takes to bring them in, beside bringing in anything."""
        return NEEDS.get(self, Permission.WRITE_CATALOGUE)


NEEDS: Mapping[ImportTarget, Permission] = {
    ImportTarget.PAST_CALLS: Permission.WRITE_CALLS,
    ImportTarget.BOOKINGS: Permission.WRITE_BOOKINGS,
    ImportTarget.CONTACTS: Permission.WRITE_BOOKINGS,
    ImportTarget.DOCUMENTS: Permission.WRITE_DOCUMENTATION,
}


class ImportState(Enum):
    RUNNING = "running"
    COMPLETED = "completed"


@attrs.frozen(kw_only=True)
class Import:
    """`rows` is how many there are, of which `taken` and `refused` have been decided upon."""

    id: ImportId
    target: ImportTarget
    state: ImportState
    rows: int
    taken: int = 0
    refused: int = 0
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def start(
        cls, id: ImportId, target: ImportTarget, *, rows: int, refused: int, now: datetime
    ) -> "Import":
        """`refused` of the rows could not be read at all. Without others it is over at once."""
        begun = cls(id=id, target=target, state=ImportState.RUNNING, rows=rows, refused=refused)
        started = ImportStarted(
            import_id=id,
            target=target.value,
            rows=rows,
            taken=0,
            refused=refused,
            occurred_at=now,
        )
        begun = attrs.evolve(begun, events=(started,))
        return begun if begun.left else _told(begun, ImportCompleted, now)

    @property
    def left(self) -> int:
        return self.rows - self.taken - self.refused

    def advance(self, *, taken: int, refused: int, now: datetime) -> "Import":
        """So many more rows have been decided upon; it is over when none is left."""
        further = attrs.evolve(self, taken=self.taken + taken, refused=self.refused + refused)
        return _told(further, ImportProgressed if further.left else ImportCompleted, now)


def _told(import_: Import, fact: type[ImportEvent], now: datetime) -> Import:
    told = fact(
        import_id=import_.id,
        rows=import_.rows,
        taken=import_.taken,
        refused=import_.refused,
        occurred_at=now,
    )
    state = ImportState.RUNNING if import_.left else ImportState.COMPLETED
    return attrs.evolve(import_, state=state, events=(*import_.events, told))
