"""What is left standing of something that was cancelled, behind the program's back."""

from adapters.schema.inventory import claims, pools, resources
from adapters.schema.waiting import waiting_pools
from tests.contract.sabotages import DRAWN_LONG_AGO, Saboteur, breaks
from tests.contract.sabotages_of_blocks import forge_block
from tests.contract.sabotages_of_waiting import forge_entry


def cancel(saboteur: Saboteur) -> None:
    saboteur.update(
        resources, resources.c.id == saboteur.business.desk.resource_id, state="cancelled"
    )


@breaks("nobody_waits_for_what_is_cancelled")
def waiting_for_ever(saboteur: Saboteur) -> object:
    cancel(saboteur)
    forge_entry(saboteur, "waiting")
    saboteur.insert(waiting_pools, pool_id=saboteur.pool(9), entry_id=DRAWN_LONG_AGO, units=1)
    saboteur.update(pools, pools.c.id == saboteur.pool(9), closed=True)
    return DRAWN_LONG_AGO


@breaks("nothing_is_set_aside_of_what_is_cancelled")
def set_aside_for_ever(saboteur: Saboteur) -> object:
    cancel(saboteur)
    forge_block(saboteur, "open", [{"pool_id": saboteur.pool(9), "units": 1}])
    saboteur.insert(claims, hold_id=DRAWN_LONG_AGO, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return DRAWN_LONG_AGO
