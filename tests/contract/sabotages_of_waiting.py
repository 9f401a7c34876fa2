"""What waiting lists promise, broken behind the program's back."""

from datetime import datetime, timezone
from typing import Any

from adapters.schema.inventory import claims
from adapters.schema.waiting import waiting_entries, waiting_pools
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks

FAR_OFF = datetime(2999, 1, 1, tzinfo=timezone.utc)


def forge_entry(saboteur: Saboteur, state: str, **values: Any) -> None:
    saboteur.insert(
        waiting_entries,
        id=DRAWN_LONG_AGO,
        version=1,
        stock_id=saboteur.business.desk.resource_id,
        resource_id=saboteur.business.desk.resource_id,
        email="ann@example.com",
        state=state,
        joined_at=LONG_AGO,
        closes_at=FAR_OFF,
        due_at=FAR_OFF,
        request={},
        wanted=[],
        passed=0,
        saved=[],
        **values,
    )


@breaks("nobody_waits_for_what_is_free")
def woken_by_nobody(saboteur: Saboteur) -> object:
    forge_entry(saboteur, "waiting")
    saboteur.insert(waiting_pools, pool_id=saboteur.pool(9), entry_id=DRAWN_LONG_AGO, units=1)
    return DRAWN_LONG_AGO


@breaks("offers_are_held")
def offered_nothing(saboteur: Saboteur) -> object:
    forge_entry(saboteur, "offered", booking_id=saboteur.business.confirmed)
    return DRAWN_LONG_AGO


@breaks("who_left_saves_nothing")
def left_and_still_saving(saboteur: Saboteur) -> object:
    forge_entry(saboteur, "withdrawn")
    saboteur.insert(claims, hold_id=DRAWN_LONG_AGO, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return DRAWN_LONG_AGO
