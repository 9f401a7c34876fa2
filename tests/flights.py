"""Ready-made flights, and requests for seats in them."""

from datetime import datetime, timezone
from typing import Any
from uuid import UUID

from domain.bookings.flight import Flight
from domain.bookings.flight_request import FlightBookingRequest, Passenger
from domain.bookings.seat_maps import Cabin, FareClass, SeatRows
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource
from domain.kernel.claims import part_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.periods import Period
from tests.samples import ADA, HOUR, LONDON

DEPARTS_AT = datetime(2026, 12, 10, 9, tzinfo=timezone.utc)
CABINS = (
    Cabin(fare_class=FareClass.BUSINESS, seats=(SeatRows(first=1, last=2, letters="ACDF"),)),
    Cabin(
        fare_class=FareClass.ECONOMY,
        seats=(
            SeatRows(first=10, last=12, letters="ABCDEF"),
            SeatRows(first=14, last=14, letters="ABC"),
        ),
    ),
)


def flight(**changes: Any) -> Flight:
    usual: dict[str, Any] = {
        "carrier": "BA",
        "number": "502",
        "origin": "LHR",
        "destination": "LIS",
        "period": Period(DEPARTS_AT, DEPARTS_AT + 3 * HOUR),
        "cabins": CABINS,
    }
    return Flight(**{**usual, **changes})


MORNING = Resource(id=ResourceId(UUID(int=103)), name="BA502", zone=LONDON, offering=flight())
EVENING = Resource(
    id=ResourceId(UUID(int=104)),
    name="BA504",
    zone=LONDON,
    offering=flight(number="504", period=Period(DEPARTS_AT + 9 * HOUR, DEPARTS_AT + 12 * HOUR)),
)


def fare_pool(resource: Resource, fare_class: FareClass = FareClass.ECONOMY) -> PoolId:
    return part_pool(resource.id, fare_class.value)


def places(resource: Resource, *, capacity: int) -> Pool:
    """Seats in economy."""
    return Pool(
        id=fare_pool(resource),
        resource_id=resource.id,
        day=DEPARTS_AT.date(),
        capacity=capacity,
    )


def segment(
    *passengers: Passenger | str,
    on: Resource = MORNING,
    fare_class: FareClass = FareClass.ECONOMY,
) -> FlightBookingRequest:
    return FlightBookingRequest(
        resource_id=on.id,
        contact=ADA,
        fare_class=fare_class,
        passengers=tuple(
            Passenger(name=one) if isinstance(one, str) else one
            for one in passengers or ("Ada Lovelace",)
        ),
    )


def seated(**seats: str) -> tuple[Passenger, ...]:
    """`Ada="10A"`."""
    return tuple(Passenger(name=name, seat=seat) for name, seat in seats.items())
