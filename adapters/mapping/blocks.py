"""Blocks, from their rows."""

from typing import Any

from sqlalchemy import Row, Select, select

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_parts import Stored, key_of, place_of, together
from adapters.schema.blocks import blocks
from adapters.sealing.vault import Vault
from domain.bookings.blocks import Block, BlockState
from domain.bookings.contacts import NOBODY, Contact
from domain.kernel.claims import Claim

NOTE = "note"
"""What the desk notes is sealed together with the contact, whose members have other names."""


NOBODYS: Stored = {NOTE: "", **converter.unstructure(NOBODY)}


def whose(block: Block) -> Stored:
    return {NOTE: block.note, **converter.unstructure(block.contact)}


def whole_blocks() -> Select[Any]:
    """With the key to whom it is for, where there is one."""
    return select(blocks, key_of(blocks).label("data_key"))


def block_of(row: Row[Any], vault: Vault) -> Block:
    place = place_of(row.organization_id, row.id)
    whose = together(vault, {NOTE: row.note, **row.contact}, row.data_key, place)
    return Block(
        id=row.id,
        stock_id=row.stock_id,
        resource_id=row.resource_id,
        contact=converter.structure(whose, Contact),
        note=whose[NOTE],
        claims=converter.structure(row.opened, tuple[Claim, ...]),
        left=converter.structure(row.remaining, tuple[Claim, ...]),
        release_at=row.release_at,
        state=BlockState(row.state),
        version=row.version,
    )
