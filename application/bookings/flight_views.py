"""Flights as those see them who look for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.bookings.flight_request import Passenger
from domain.bookings.life import BookingState
from domain.bookings.seat_maps import FareClass
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, ResourceId


@attrs.frozen(kw_only=True)
class FlightSearch:
    """Flights that depart within the time, with so many seats free in one fare class."""

    origin: str
    destination: str
    departs_from: datetime
    departs_before: datetime
    fare_class: FareClass | None = None
    passengers: int = 1


@attrs.frozen(kw_only=True)
class FreeFlight:
    """`free` says what is left of each fare class that is open; only a hold decides."""

    resource: Resource
    free: Mapping[FareClass, int]


@attrs.frozen(kw_only=True)
class Travelling:
    """A passenger of a booking that was confirmed and not cancelled since."""

    booking_id: BookingId
    reference: str
    state: BookingState
    fare_class: FareClass
    passenger: Passenger


class FlightViews(Protocol):
    async def passengers(self, actor: Actor, resource_id: ResourceId) -> Sequence[Travelling]:
        """All passengers of the flight, under whatever name it was sold, by booking reference.

        Raises ResourceNotFound and NotAFlight.
        """
        ...

    async def search(
        self, actor: Actor, wanted: FlightSearch, *, slice: Slice
    ) -> Page[FreeFlight]:
        """The soonest first."""
        ...
