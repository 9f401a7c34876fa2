"""Sealing what is stored already, some rows a transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    exists,
    insert,
    not_,
    or_,
    select,
    update,
)

from adapters.mapping.blocks import NOBODYS, NOTE, block_of, whole_blocks, whose
from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.mapping.escalations import NOBODYS as NOTHING_TOLD
from adapters.mapping.escalations import escalation_of, whole_escalations, words_of
from adapters.mapping.kinds import request_document
from adapters.mapping.sealed_agreements import stored
from adapters.mapping.sealed_parts import FOUND_BY, SEALED, Stored, apart, place_of
from adapters.mapping.waiting import entry_of, whole_entries
from adapters.repositories.resealing_calls import seal_calls
from adapters.repositories.second_factors import place_of as second_factors_place
from adapters.schema.blocks import blocks
from adapters.schema.bookings import bookings
from adapters.schema.data_keys import data_keys
from adapters.schema.escalations import escalations
from adapters.schema.people import second_factors
from adapters.schema.waiting import waiting_entries
from adapters.sealing.keys import VERSION
from adapters.sealing.vault import Vault
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.kernel.sealing import Resealing
from domain.bookings.contacts import NOBODY
from domain.kernel.identifiers import OrganizationId

Place = Callable[[UUID, UUID], bytes]

WRAPPED: Sequence[tuple[Table, Place]] = (
    (data_keys, place_of),
    (second_factors, second_factors_place),
)
"""What the keys of the program seal themselves."""


@attrs.frozen(kw_only=True)
class Sealable:
    """Rows that may say whose they are: how they are asked for, and what is to be written."""

    table: Table
    whole: Callable[[], Select[Any]]
    known: Callable[[Sequence[str]], ColumnElement[bool]]
    values: Callable[[Row[Any], Vault, "Seal"], Mapping[str, Any]]


Seal = Callable[[Stored, bytes | None], Stored]


def _booking(row: Row[Any], vault: Vault, seal: Seal) -> Mapping[str, Any]:
    agreement = booking_of(row, vault).agreement
    email = vault.index(row.organization_id, agreement.request.contact.email)
    return {"agreement": seal(*stored(agreement)), "email": email}


def _entry(row: Row[Any], vault: Vault, seal: Seal) -> Mapping[str, Any]:
    request = entry_of(row, vault).request
    document, nobodys = request_document(request), request_document(request.erased())
    email = vault.index(row.organization_id, request.contact.email)
    return {"request": seal(*apart(document, nobodys)), "email": email}


def _block(row: Row[Any], vault: Vault, seal: Seal) -> Mapping[str, Any]:
    block = block_of(row, vault)
    contact = seal(*apart(whose(block), NOBODYS))
    note = contact.pop(NOTE)
    found_by = vault.index(row.organization_id, block.contact.email)
    return {"contact": {**contact, FOUND_BY: found_by}, "note": note}


def _escalation(row: Row[Any], vault: Vault, seal: Seal) -> Mapping[str, Any]:
    words = words_of(escalation_of(row, vault))
    return {"words": seal(*apart(words, NOTHING_TOLD))}


def _told(_: Sequence[str]) -> ColumnElement[bool]:
    told = (escalations.c.words[name].as_string().is_not(None) for name in NOTHING_TOLD)
    return or_(*told)


SEALABLE = (
    Sealable(
        table=bookings,
        whole=whole_bookings,
        known=bookings.c.email.not_in,
        values=_booking,
    ),
    Sealable(
        table=waiting_entries,
        whole=whole_entries,
        known=waiting_entries.c.email.not_in,
        values=_entry,
    ),
    Sealable(
        table=blocks,
        whole=whole_blocks,
        known=blocks.c.contact["email"].as_string().not_in,
        values=_block,
    ),
    Sealable(
        table=escalations,
        whole=whole_escalations,
        known=_told,
        values=_escalation,
    ),
)


def _seal(
    connection: Connection, sealable: Sealable, organization_id: OrganizationId, limit: int
) -> int:
    vault, table = vault_of(connection), sealable.table
    has_key = exists().where(
        data_keys.c.organization_id == table.c.organization_id, data_keys.c.id == table.c.id
    )
    found = connection.execute(
        sealable.whole()
        .where(
            table.c.organization_id == organization_id,
            sealable.known(vault.indexes(organization_id, NOBODY.email)),
            not_(has_key),
        )
        .order_by(table.c.id)
        .limit(limit)
        .with_for_update()
    ).all()
    for row in found:
        place = place_of(organization_id, row.id)
        key = vault.new_data_key(place)

        def seal(document: Stored, hidden: bytes | None) -> Stored:
            return {**document, SEALED: vault.seal(key, hidden or b"{}", place)}  # noqa: B023

        connection.execute(
            update(table)
            .where(table.c.organization_id == organization_id, table.c.id == row.id)
            .values(**sealable.values(row, vault, seal))
        )
        connection.execute(
            insert(data_keys).values(organization_id=organization_id, id=row.id, wrapped=key)
        )
    return len(found)


@attrs.frozen
class SqlResealing(Resealing):
    database: Database

    async def seal(self, organization_id: OrganizationId, *, limit: int) -> int:
        def seal(connection: Connection) -> int:
            sealed = sum(
                _seal(connection, sealable, organization_id, limit) for sealable in SEALABLE
            )
            return sealed + seal_calls(connection, organization_id, limit)

        return await self.database.write(seal, of=organization_id)

    async def rewrap(self, organization_id: OrganizationId, *, limit: int) -> int:
        def rewrap(connection: Connection) -> int:
            return sum(
                _rewrap(connection, table, place, organization_id, limit)
                for table, place in WRAPPED
            )

        return await self.database.write(rewrap, of=organization_id)


def _rewrap(
    connection: Connection, table: Table, place: Place, organization_id: OrganizationId, limit: int
) -> int:
    vault = vault_of(connection)
    theirs = table.c.organization_id == organization_id
    current = f"{VERSION}.{vault.current_key_id}."
    found = connection.execute(
        select(table)
        .where(theirs, not_(table.c.wrapped.startswith(current, autoescape=True)))
        .order_by(table.c.id)
        .limit(limit)
    ).all()
    for row in found:
        wrapped = vault.rewrapped(row.wrapped, place(organization_id, row.id))
        connection.execute(
            update(table)
            .where(theirs, table.c.id == row.id, table.c.wrapped == row.wrapped)
            .values(wrapped=wrapped)
        )
    return len(found)
