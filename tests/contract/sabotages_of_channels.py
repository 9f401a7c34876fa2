"""What is promised about channels, broken behind the program's back."""

from datetime import date
from uuid import UUID

from adapters.schema.channels import channels, foreign_bookings
from adapters.schema.inventory import claims
from tests.contract.sabotages import Saboteur, breaks

CHANNEL = UUID("016f5e66-e800-7000-8000-00000000c4a1")
BOOKING = UUID("016f5e66-e800-7000-8000-00000000f041")


def forge_channel(saboteur: Saboteur, **values: object) -> object:
    saboteur.insert(
        channels,
        **{
            "id": CHANNEL,
            "version": 1,
            "resource_id": saboteur.business.desk.resource_id,
            "name": "Forged",
            "units": 1,
            "link": "forged",
            "every_minutes": 30,
            "vanish_percent": 10,
            "vanish_floor": 3,
            "state": "active",
            "known": {},
            "failed": 0,
            "vanished": 0,
            **values,
        },
    )
    return CHANNEL


def forge_booking(saboteur: Saboteur, **values: object) -> object:
    forge_channel(saboteur)
    saboteur.insert(
        foreign_bookings,
        id=BOOKING,
        version=1,
        channel_id=CHANNEL,
        resource_id=saboteur.business.desk.resource_id,
        uid="forged",
        recurrence_id="",
        sequence=0,
        first=date(2027, 3, 1),
        until=date(2027, 3, 2),
        short=[],
        is_short=False,
        **values,
    )
    return BOOKING


@breaks("foreign_bookings_have_their_units")
def sold_beneath_the_foreign_booking(saboteur: Saboteur) -> object:
    return forge_booking(
        saboteur, state="live", claims=[{"pool_id": saboteur.pool(9), "units": 1}]
    )


@breaks("foreign_bookings_have_their_units")
def cancelled_and_still_claiming(saboteur: Saboteur) -> object:
    forge_booking(saboteur, state="cancelled", claims=[])
    saboteur.insert(claims, hold_id=BOOKING, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return BOOKING


@breaks("cancelled_foreign_bookings_have_nothing")
def cancelled_and_noted_to_have_something(saboteur: Saboteur) -> object:
    saboteur.insert(claims, hold_id=BOOKING, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return forge_booking(
        saboteur, state="cancelled", claims=[{"pool_id": saboteur.pool(9), "units": 1}]
    )


@breaks("channels_with_feeds_come_due")
def a_channel_that_is_never_due(saboteur: Saboteur) -> object:
    return forge_channel(saboteur, feed="https://www.example.com/a.ics")
