"""What is left of a block is claimed for it, and nothing else is."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.readers.verification_noted_claims import noted_are_claimed
from adapters.schema.blocks import blocks
from domain.bookings.blocks import BlockState


def block_checks(dialect: str) -> Sequence[Check]:
    return (_blocks_have_their_units(dialect), _open_blocks_have_something_left(dialect))


def _blocks_have_their_units(dialect: str) -> Check:
    return noted_are_claimed(
        dialect,
        name="blocks_have_their_units",
        holders=blocks,
        noted=blocks.c.remaining,
        detail="of pool '{pool_id}', {noted} units are left and {claimed} claimed",
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
