"""What blocks promise, broken behind the program's back."""

from collections.abc import Sequence
from typing import Any

from adapters.schema.blocks import blocks
from adapters.schema.inventory import claims
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks


def forge_block(saboteur: Saboteur, state: str, remaining: Sequence[dict[str, Any]]) -> None:
    saboteur.insert(
        blocks,
        id=DRAWN_LONG_AGO,
        version=1,
        stock_id=saboteur.business.desk.resource_id,
        resource_id=saboteur.business.desk.resource_id,
        state=state,
        release_at=LONG_AGO,
        contact={},
        note="",
        opened=[],
        remaining=remaining,
    )


@breaks("blocks_have_their_units")
def sold_beneath_the_block(saboteur: Saboteur) -> object:
    forge_block(saboteur, "open", [{"pool_id": saboteur.pool(9), "units": 1}])
    return DRAWN_LONG_AGO


@breaks("blocks_have_their_units")
def released_and_still_claiming(saboteur: Saboteur) -> object:
    forge_block(saboteur, "released", [])
    saboteur.insert(claims, hold_id=DRAWN_LONG_AGO, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return DRAWN_LONG_AGO


@breaks("open_blocks_have_something_left")
def used_up_and_open(saboteur: Saboteur) -> object:
    forge_block(saboteur, "open", [])
    return DRAWN_LONG_AGO
