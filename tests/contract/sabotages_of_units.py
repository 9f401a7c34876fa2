"""What may go wrong with single units, and the promise that it breaks."""

from uuid import UUID

from adapters.schema.bookings import bookings
from adapters.schema.units import inventory_units, unit_claims
from domain.kernel.identifiers import BookingId
from tests.contract.sabotages import DRAWN_LONG_AGO, Saboteur, breaks

A_CAR = UUID(int=0xCA5)


def give_unit(saboteur: Saboteur, booking_id: BookingId, first: int, until: int) -> UUID:
    """A new one, for those minutes."""
    saboteur.insert(
        inventory_units,
        id=A_CAR,
        version=1,
        number=1,
        resource_id=saboteur.business.desk.resource_id,
        label="FD 1",
        retired=False,
    )
    claim_unit(saboteur, A_CAR, booking_id, first, until)
    return A_CAR


def claim_unit(
    saboteur: Saboteur, unit_id: UUID, booking_id: BookingId, first: int, until: int
) -> None:
    saboteur.insert(
        unit_claims,
        hold_id=booking_id,
        unit_id=unit_id,
        number=1,
        first_minute=first,
        until_minute=until,
    )


@breaks("units_are_claimed_once")
def two_in_one_car(saboteur: Saboteur) -> object:
    car = give_unit(saboteur, saboteur.business.held, 10, 20)
    claim_unit(saboteur, car, saboteur.business.changed, 19, 30)
    return car


@breaks("units_are_claimed_once")
def one_time_within_another(saboteur: Saboteur) -> object:
    car = give_unit(saboteur, saboteur.business.held, 10, 20)
    claim_unit(saboteur, car, saboteur.business.changed, 5, 30)
    return car


@breaks("units_are_claimed_by_somebody")
def unit_kept(saboteur: Saboteur) -> object:
    cancelled = saboteur.business.cancelled
    give_unit(saboteur, cancelled, 10, 20)
    return cancelled


@breaks("units_are_claimed_by_somebody")
def unit_of_nobody(saboteur: Saboteur) -> object:
    give_unit(saboteur, BookingId(DRAWN_LONG_AGO), 10, 20)
    return DRAWN_LONG_AGO


@breaks("intervals_are_claimed")
def car_missing(saboteur: Saboteur) -> object:
    held = saboteur.business.held
    claim = {"pool_id": saboteur.pool(1), "units": 1}
    saboteur.update(
        bookings,
        bookings.c.id == held,
        agreement={"claims": [claim], "intervals": [{}]},
    )
    return held
