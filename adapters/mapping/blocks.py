"""Blocks, from their rows."""

from typing import Any

from sqlalchemy import Row

from adapters.mapping.kinds import converter
from domain.bookings.blocks import Block, BlockState
from domain.bookings.contacts import Contact
from domain.kernel.claims import Claim


def block_of(row: Row[Any]) -> Block:
    return Block(
        id=row.id,
        stock_id=row.stock_id,
        resource_id=row.resource_id,
        contact=converter.structure(row.contact, Contact),
        note=row.note,
        claims=converter.structure(row.opened, tuple[Claim, ...]),
        left=converter.structure(row.remaining, tuple[Claim, ...]),
        release_at=row.release_at,
        state=BlockState(row.state),
        version=row.version,
    )
