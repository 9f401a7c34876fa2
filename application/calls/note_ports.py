"""What notes of calls need from storage, and what may be asked about them."""

from typing import Protocol

from application.calls.ports import CallWork
from application.kernel.pages import Page, Slice
from domain.calls.notes import CallNote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, CallNoteId


class CallNotes(Protocol):
    def locked(self, call_id: CallId, call_note_id: CallNoteId) -> CallNote:
        """Of a call that was asked for before. Raises CallNoteNotFound."""
        ...

    def save(self, note: CallNote) -> CallNote:
        """Stores the note, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class NoteWork(CallWork, Protocol):
    """All that one transaction about notes may touch."""

    @property
    def notes(self) -> CallNotes: ...


class NoteViews(Protocol):
    async def notes(self, actor: Actor, call_id: CallId, *, slice: Slice) -> Page[CallNote]:
        """Latest first, without those that were removed. Raises CallNotFound."""
        ...

    async def note(self, actor: Actor, call_id: CallId, call_note_id: CallNoteId) -> CallNote:
        """With all that it ever said, removed or not. Raises CallNotFound or CallNoteNotFound."""
        ...
