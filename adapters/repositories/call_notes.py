"""Notes of calls in SQL, and their transaction."""

import attrs
import msgspec

from adapters.mapping.call_notes import note_of, one_note, wordings_of
from adapters.mapping.sealed_parts import SEALED
from adapters.repositories.calls import SqlCalls
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.seals import Seals
from adapters.schema.calls import call_notes
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.note_ports import CallNotes, NoteWork
from domain.calls.notes import CallNote, CallNoteNotFound
from domain.kernel.identifiers import CallId, CallNoteId


@attrs.frozen
class SqlCallNotes(CallNotes):
    scope: Scope

    def locked(self, call_id: CallId, call_note_id: CallNoteId) -> CallNote:
        key = {
            "p_organization_id": self.scope.organization_id,
            "p_call_id": call_id,
            "p_id": call_note_id,
        }
        # Whoever changes a note has locked the call: nobody else can be at it.
        row = self.scope.ask(one_note(), key).one_or_none()
        if row is None:
            raise CallNoteNotFound(call_note_id)
        return note_of(row, self.scope.vault)

    def save(self, note: CallNote) -> CallNote:
        document, seals = wordings_of(note), Seals(self.scope)
        if self.scope.vault.is_set_up:
            document = {SEALED: seals.whole(note.call_id, msgspec.json.encode(document))}
        version = store(
            self.scope,
            call_notes,
            note.id,
            note.version,
            call_id=note.call_id,
            author_id=note.author_id,
            written_at=note.written_at,
            removed_at=note.removed_at,
            wordings=document,
        )
        seals.keep_key(note.call_id)
        EventLog(self.scope).publish(note.events)
        return attrs.evolve(note, version=version, events=())


@attrs.frozen(kw_only=True)
class SqlNoteWork(NoteWork):
    calls: SqlCalls
    notes: SqlCallNotes
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlNoteWork":
        return cls(
            calls=SqlCalls(scope),
            notes=SqlCallNotes(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
