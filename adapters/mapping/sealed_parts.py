"""Documents as they are stored: what is known of everybody, and, sealed, who it was."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ScalarSelect, Table, select

from adapters.schema.data_keys import data_keys
from adapters.sealing.vault import Vault

SEALED = "sealed"
FOUND_BY = "found_by"
"""What stands for the e-mail address in a document without a column for it."""

Stored = dict[str, Any]


def place_of(organization_id: UUID, id: UUID) -> bytes:
    """Sealed there, it opens nowhere else."""
    return f"{organization_id}/bookings/agreement/{id}".encode()


def key_of(table: Table) -> ScalarSelect[str]:
    """The key to who it was, where there is one."""
    return (
        select(data_keys.c.wrapped)
        .where(
            data_keys.c.organization_id == table.c.organization_id, data_keys.c.id == table.c.id
        )
        .scalar_subquery()
    )


def apart(whole: Stored, nobodys: Stored) -> tuple[Stored, bytes | None]:
    """What is left without who it was, and who it was; None if that is forgotten."""
    hidden = {name: value for name, value in whole.items() if nobodys[name] != value}
    return {**nobodys}, msgspec.json.encode(hidden) if hidden else None


def together(
    vault: Vault, document: Mapping[str, Any], data_key: str | None, place: bytes
) -> Mapping[str, Any]:
    if data_key is None or SEALED not in document:
        return document
    return {**document, **msgspec.json.decode(vault.open(data_key, document[SEALED], place))}
