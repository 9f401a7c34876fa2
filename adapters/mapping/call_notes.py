"""Notes of calls, from their rows and to them."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Executable, Row, Select, bindparam, select

from adapters.mapping.sealed_parts import SEALED, Stored, place_of
from adapters.schema.calls import call_notes
from adapters.schema.data_keys import data_keys
from adapters.sealing.vault import Vault
from adapters.sql.documents import new_converter
from domain.calls.notes import CallNote, Wording

converter = new_converter()
WORDINGS = "wordings"


def whole_notes() -> Select[Any]:
    """With the key to what they say, where there is one."""
    key = (
        select(data_keys.c.wrapped)
        .where(
            data_keys.c.organization_id == call_notes.c.organization_id,
            data_keys.c.id == call_notes.c.call_id,
        )
        .scalar_subquery()
    )
    return select(call_notes, key.label("data_key"))


@lru_cache(maxsize=1)
def one_note() -> Executable:
    return whole_notes().where(
        call_notes.c.organization_id == bindparam("p_organization_id"),
        call_notes.c.call_id == bindparam("p_call_id"),
        call_notes.c.id == bindparam("p_id"),
    )


def note_of(row: Row[Any], vault: Vault) -> CallNote:
    """Nobody knows what it said once the key is gone."""
    document = row.wordings
    if SEALED in document:
        document = nobodys(row.written_at)
        if row.data_key is not None:
            place = place_of(row.organization_id, row.call_id)
            document = msgspec.json.decode(vault.open(row.data_key, row.wordings[SEALED], place))
    return CallNote(
        id=row.id,
        call_id=row.call_id,
        author_id=row.author_id,
        wordings=converter.structure(document[WORDINGS], tuple[Wording, ...]),
        removed_at=row.removed_at,
        version=row.version,
    )


def nobodys(written_at: datetime) -> Stored:
    """What is left of a note when nobody is to know what it said."""
    return {WORDINGS: converter.unstructure((Wording(text="", at=written_at),))}


def wordings_of(note: CallNote) -> Stored:
    return {WORDINGS: converter.unstructure(note.wordings)}
