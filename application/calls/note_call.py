"""Note something of a call, change one's own note, take it back."""

import attrs

from application.calls.note_ports import NoteWork
from application.calls.on_the_line import CallStep
from application.calls.seeing import theirs
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.notes import CallNote, Wording
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, CallNoteId


@attrs.frozen(kw_only=True)
class NoteCall:
    actor: Actor
    call_id: CallId
    text: str = attrs.field(repr=False)
    category: str | None = None
    tags: tuple[str, ...] = ()
    once: Once[CallNote] | None = None


@attrs.frozen(kw_only=True)
class NoteCallHandler:
    unit_of_work: UnitOfWork[NoteWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: NoteCall, /) -> CallNote:
        """Raises CallNotFound."""

        def write(work: NoteWork) -> CallNote:
            call = theirs(work, command.actor, command.call_id)
            wording = _wording(command, self.clock)
            id = CallNoteId(self.new_id())
            return work.notes.save(CallNote.write(id, call.id, command.actor.id, wording))

        return await self.unit_of_work(command.actor, write, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeNote(NoteCall):
    call_note_id: CallNoteId
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeNoteHandler:
    unit_of_work: UnitOfWork[NoteWork]
    clock: Clock

    async def __call__(self, command: ChangeNote, /) -> CallNote:
        """Raises CallNotFound, CallNoteNotFound or SomebodyElsesNote."""

        def change(work: NoteWork) -> CallNote:
            call = theirs(work, command.actor, command.call_id)
            note = work.notes.locked(call.id, command.call_note_id)
            changed = note.change(command.actor.id, _wording(command, self.clock))
            require_version(note.version, command.version)
            return work.notes.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)


@attrs.frozen(kw_only=True)
class RemoveNote(CallStep):
    call_note_id: CallNoteId
    version: int | None


@attrs.frozen(kw_only=True)
class RemoveNoteHandler:
    unit_of_work: UnitOfWork[NoteWork]
    clock: Clock

    async def __call__(self, command: RemoveNote, /) -> CallNote:
        """Raises CallNotFound, CallNoteNotFound or SomebodyElsesNote."""

        def remove(work: NoteWork) -> CallNote:
            call = theirs(work, command.actor, command.call_id)
            note = work.notes.locked(call.id, command.call_note_id)
            removed = note.remove(command.actor.id, now=self.clock())
            require_version(note.version, command.version)
            return work.notes.save(removed)

        return await self.unit_of_work(command.actor, remove)


def _wording(command: NoteCall, clock: Clock) -> Wording:
    return Wording(text=command.text, category=command.category, tags=command.tags, at=clock())
