"""What somebody notes of a call, and may change as long as it is theirs: nothing is forgotten."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.calls.events import (
    CallNoteAdded,
    CallNoteChanged,
    CallNoteEvent,
    CallNoteRemoved,
)
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, CallId, CallNoteId
from domain.kernel.personal import personal
from domain.kernel.refusals import Forbidden, NotFound


@attrs.frozen
class CallNoteNotFound(NotFound):
    code: ClassVar[str] = "call_note_not_found"
    call_note_id: CallNoteId

    def __str__(self) -> str:
        return f"no note {self.call_note_id}"


@attrs.frozen
class SomebodyElsesNote(Forbidden):
    """Notes are changed and removed by whoever wrote them, and by nobody else."""

    code: ClassVar[str] = "somebody_elses_note"
    call_note_id: CallNoteId

    def __str__(self) -> str:
        return f"note {self.call_note_id} is somebody else's"


@attrs.frozen(kw_only=True)
class Wording:
    """What a note said from `at` on."""

    text: str = attrs.field(repr=False, metadata=personal("to know what a call was about"))
    category: str | None = None
    tags: tuple[str, ...] = ()
    at: datetime


@attrs.frozen(kw_only=True)
class CallNote:
    """Its wordings are in the order in which they were written, the last being what it says."""

    id: CallNoteId
    call_id: CallId
    author_id: ActorId
    wordings: tuple[Wording, ...]
    removed_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def write(
        cls, id: CallNoteId, call_id: CallId, author_id: ActorId, wording: Wording
    ) -> "CallNote":
        new = cls(id=id, call_id=call_id, author_id=author_id, wordings=(wording,))
        return _told(new, CallNoteAdded, wording.at)

    @property
    def says(self) -> Wording:
        return self.wordings[-1]

    @property
    def written_at(self) -> datetime:
        return self.wordings[0].at

    def change(self, actor_id: ActorId, wording: Wording) -> "CallNote":
        """Raises CallNoteNotFound or SomebodyElsesNote."""
        self._must_be_of(actor_id)
        changed = attrs.evolve(self, wordings=(*self.wordings, wording))
        return _told(changed, CallNoteChanged, wording.at)

    def remove(self, actor_id: ActorId, *, now: datetime) -> "CallNote":
        """Raises CallNoteNotFound or SomebodyElsesNote."""
        self._must_be_of(actor_id)
        return _told(attrs.evolve(self, removed_at=now), CallNoteRemoved, now)

    def _must_be_of(self, actor_id: ActorId) -> None:
        if self.removed_at is not None:
            raise CallNoteNotFound(self.id)
        if self.author_id != actor_id:
            raise SomebodyElsesNote(self.id)


def _told(note: CallNote, what: type[CallNoteEvent], now: datetime) -> CallNote:
    event = what(call_id=note.call_id, call_note_id=note.id, occurred_at=now)
    return attrs.evolve(note, events=(*note.events, event))
