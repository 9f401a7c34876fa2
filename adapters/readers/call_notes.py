"""Views of notes in SQL."""

import attrs
from sqlalchemy import Connection

from adapters.mapping.call_notes import note_of, one_note, whole_notes
from adapters.readers.calls import shown
from adapters.schema.calls import call_notes
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards
from adapters.sql.vaults import vault_of
from application.calls.note_ports import NoteViews
from application.kernel.pages import Page, Slice
from domain.calls.notes import CallNote, CallNoteNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, CallNoteId


@attrs.frozen
class SqlNoteViews(NoteViews):
    database: Database

    async def notes(self, actor: Actor, call_id: CallId, *, slice: Slice) -> Page[CallNote]:
        question = whole_notes().where(
            call_notes.c.organization_id == actor.organization_id,
            call_notes.c.call_id == call_id,
            call_notes.c.removed_at.is_(None),
        )
        keys = (call_notes.c.written_at, call_notes.c.id)

        def ask(connection: Connection) -> Page[CallNote]:
            shown(connection, actor, call_id)
            vault = vault_of(connection)
            return page_backwards(
                connection, question, keys, slice, lambda row: note_of(row, vault)
            )

        return await self.database.read(ask, of=actor.organization_id)

    async def note(self, actor: Actor, call_id: CallId, call_note_id: CallNoteId) -> CallNote:
        key = {
            "p_organization_id": actor.organization_id,
            "p_call_id": call_id,
            "p_id": call_note_id,
        }

        def ask(connection: Connection) -> CallNote:
            shown(connection, actor, call_id)
            row = connection.execute(one_note(), key).one_or_none()
            if row is None:
                raise CallNoteNotFound(call_note_id)
            return note_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)
