"""Sealing calls that are stored already, with all that was said of them, under one key a call."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    exists,
    insert,
    or_,
    select,
    update,
)

from adapters.mapping.call_lines import NOTHING_SAID
from adapters.mapping.call_quality import NO_SUMMARY, NO_WORDS
from adapters.mapping.calls import NOBODYS, whole_calls
from adapters.mapping.sealed_parts import SEALED, Stored, apart, place_of
from adapters.schema.call_quality import call_lines, call_quality, evaluations
from adapters.schema.calls import call_facts, call_notes, calls
from adapters.schema.data_keys import data_keys
from adapters.sealing.vault import Vault
from adapters.sql.vaults import vault_of
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class Part:
    """`nobodys` is what stays beside what is sealed; None where all of it is."""

    document: Column[Any]
    call_id: Column[Any]
    nobodys: Stored | None

    def sealed(self, row: Row[Any], vault: Vault, key: str) -> Stored:
        whole = getattr(row, self.document.name)
        left: Stored = {}
        hidden = msgspec.json.encode(whole)
        if self.nobodys is not None:
            left, found = apart(whole, self.nobodys)
            hidden = found or b"{}"
        place = place_of(row.organization_id, getattr(row, self.call_id.name))
        return {**left, SEALED: vault.seal(key, hidden, place)}


PEOPLE = Part(calls.c.people, calls.c.id, NOBODYS)
PARTS: Sequence[Part] = (
    PEOPLE,
    Part(call_facts.c.details, call_facts.c.call_id, None),
    Part(call_notes.c.wordings, call_notes.c.call_id, None),
    Part(call_lines.c.said, call_lines.c.call_id, NOTHING_SAID),
    Part(evaluations.c.words, evaluations.c.call_id, NO_WORDS),
    Part(call_quality.c.summary, call_quality.c.id, NO_SUMMARY),
)


def seal_calls(connection: Connection, organization_id: OrganizationId, limit: int) -> int:
    """Calls are locked, so that whoever adds to one waits for its key."""
    question = (
        whole_calls()
        .where(calls.c.organization_id == organization_id, or_(*map(_is_plain, PARTS)))
        .order_by(calls.c.id)
        .limit(limit)
        .with_for_update(of=calls)
    )
    found = connection.execute(question).all()
    if found:
        vault = vault_of(connection)
        _index(connection, found, vault)
        keys = {row.id: row.data_key or _new_key(connection, row, vault) for row in found}
        for part in PARTS:
            _seal(connection, organization_id, part, keys)
    return len(found)


def _is_plain(part: Part) -> ColumnElement[bool]:
    plain: ColumnElement[bool] = part.document[SEALED].as_string().is_(None)
    if part is PEOPLE:
        return plain
    theirs = part.document.table
    return exists(
        select(1).where(
            theirs.c.organization_id == calls.c.organization_id,
            part.call_id == calls.c.id,
            plain,
        )
    )


def _new_key(connection: Connection, row: Row[Any], vault: Vault) -> str:
    key = vault.new_data_key(place_of(row.organization_id, row.id))
    known = {"organization_id": row.organization_id, "id": row.id, "wrapped": key}
    connection.execute(insert(data_keys).values(known))
    return key


def _index(connection: Connection, found: Sequence[Row[Any]], vault: Vault) -> None:
    """What stands for the numbers, where they still say who it was."""
    for row in found:
        if SEALED in row.people:
            continue
        numbers = {
            name: None if number is None else vault.index(row.organization_id, number)
            for name in ("caller", "called")
            for number in [row.people[name]]
        }
        connection.execute(
            update(calls)
            .where(calls.c.organization_id == row.organization_id, calls.c.id == row.id)
            .values(numbers)
        )


def _seal(
    connection: Connection, organization_id: OrganizationId, part: Part, keys: Mapping[UUID, str]
) -> None:
    table, vault = part.document.table, vault_of(connection)
    theirs = and_(
        table.c.organization_id == organization_id,
        part.call_id.in_(keys),
        part.document[SEALED].as_string().is_(None),
    )
    its_key = [column for column in table.primary_key if column.name != "organization_id"]
    changed = [
        {
            "p_document": part.sealed(row, vault, keys[getattr(row, part.call_id.name)]),
            **{f"p_{column.name}": getattr(row, column.name) for column in its_key},
        }
        for row in connection.execute(select(table).where(theirs))
    ]
    if changed:
        one = and_(
            table.c.organization_id == organization_id,
            *(column == bindparam(f"p_{column.name}") for column in its_key),
        )
        become: dict[str, Any] = {part.document.name: bindparam("p_document")}
        connection.execute(update(table).where(one).values(become), changed)
