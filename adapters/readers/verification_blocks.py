"""What is left of a block is claimed for it, and nothing else is."""

from collections.abc import Sequence

from sqlalchemy import and_, column, func, literal, or_, select, true, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.blocks import blocks
from adapters.schema.inventory import claims
from adapters.schema.metadata import Document
from domain.bookings.blocks import BlockState


def block_checks(dialect: str) -> Sequence[Check]:
    return (_blocks_have_their_units(dialect), _open_blocks_have_something_left(dialect))


def _blocks_have_their_units(dialect: str) -> Check:
    elements = func.jsonb_array_elements if dialect == "postgresql" else func.json_each
    item = elements(blocks.c.remaining).table_valued(
        column("value", Document), name="item", joins_implicitly=True
    )
    left = select(
        blocks.c.organization_id,
        blocks.c.id.label("block_id"),
        item.c.value["pool_id"].as_string().label("pool_id"),
        item.c.value["units"].as_integer().label("left_units"),
        literal(0).label("claimed"),
    ).join_from(blocks, item, true())
    theirs = and_(
        blocks.c.organization_id == claims.c.organization_id, blocks.c.id == claims.c.hold_id
    )
    claimed = select(
        claims.c.organization_id, claims.c.hold_id, claims.c.pool_id, literal(0), claims.c.units
    ).join_from(claims, blocks, theirs)
    both = union_all(left, claimed).subquery()
    remaining, taken = func.sum(both.c.left_units), func.sum(both.c.claimed)
    return Check(
        name="blocks_have_their_units",
        question=select(
            both.c.organization_id,
            both.c.block_id.label("subject"),
            both.c.pool_id,
            remaining.label("remaining"),
            taken.label("claimed"),
        )
        .group_by(both.c.organization_id, both.c.block_id, both.c.pool_id)
        .having(remaining != taken),
        detail="of pool '{pool_id}', {remaining} units are left and {claimed} claimed",
    )


def _open_blocks_have_something_left(dialect: str) -> Check:
    length = func.jsonb_array_length if dialect == "postgresql" else func.json_array_length
    is_open, empty = blocks.c.state == BlockState.OPEN.value, length(blocks.c.remaining) == 0
    return Check(
        name="open_blocks_have_something_left",
        question=select(
            blocks.c.organization_id, blocks.c.id.label("subject"), blocks.c.state
        ).where(or_(and_(is_open, empty), and_(~is_open, ~empty))),
        detail="is {state}, which does not go with what is left of it",
    )
