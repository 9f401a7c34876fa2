"""What requests for seats of a flight are refused for."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.refusals import Conflict, Invalid


@attrs.frozen
class BadPassengers(Invalid):
    code: ClassVar[str] = "bad_passengers"
    field: ClassVar[str] = "passengers"

    def __str__(self) -> str:
        return "somebody flies, and everybody has a name of 2 to 100 printable characters"


@attrs.frozen
class GroupBooking(Invalid):
    code: ClassVar[str] = "group_booking"
    field: ClassVar[str] = "passengers"
    passengers: int
    most: int

    def __str__(self) -> str:
        return (
            f"{self.passengers} passengers are a group, which is not booked online: "
            f"call the desk for more than {self.most}"
        )


@attrs.frozen
class ChildrenFlyAlone(Invalid):
    code: ClassVar[str] = "children_fly_alone"
    field: ClassVar[str] = "passengers"

    def __str__(self) -> str:
        return "children fly with an adult, and every infant with one of its own"


@attrs.frozen
class FareClassNotSold(Invalid):
    code: ClassVar[str] = "fare_class_not_sold"
    field: ClassVar[str] = "fare_class"
    fare_class: str

    def __str__(self) -> str:
        return f"this flight has no {self.fare_class} class"


@attrs.frozen
class NoSuchSeat(Invalid):
    code: ClassVar[str] = "no_such_seat"
    field: ClassVar[str] = "passengers"
    seats: tuple[str, ...]

    def __str__(self) -> str:
        return f"the fare class has no such seats: {', '.join(self.seats)}"


@attrs.frozen
class SeatChosenTwice(Invalid):
    code: ClassVar[str] = "seat_chosen_twice"
    field: ClassVar[str] = "passengers"

    def __str__(self) -> str:
        return "two passengers cannot have the same seat"


@attrs.frozen
class TravelsTwice(Invalid):
    code: ClassVar[str] = "travels_twice"
    field: ClassVar[str] = "passengers"

    def __str__(self) -> str:
        return "nobody has two seats of a flight: name each person once"


@attrs.frozen
class SeatForEach(Invalid):
    code: ClassVar[str] = "seat_for_each"
    field: ClassVar[str] = "seats"
    passengers: int

    def __str__(self) -> str:
        return f"name a seat, or null, for each of the {self.passengers} passengers"


@attrs.frozen
class ChangeClosed(Conflict):
    code: ClassVar[str] = "change_closed"
    closed_at: datetime

    def __str__(self) -> str:
        return f"the flight could be changed until {self.closed_at.isoformat()}"


@attrs.frozen
class RouteFixed(Conflict):
    code: ClassVar[str] = "route_fixed"
    origin: str
    destination: str

    def __str__(self) -> str:
        return f"a booked flight from {self.origin} to {self.destination} keeps its route"


@attrs.frozen
class CarrierFixed(Conflict):
    code: ClassVar[str] = "carrier_fixed"
    carrier: str

    def __str__(self) -> str:
        return f"a flight booked with {self.carrier} is not changed online to another carrier"


@attrs.frozen
class PassengersFixed(Conflict):
    code: ClassVar[str] = "passengers_fixed"
    passengers: int

    def __str__(self) -> str:
        return f"the {self.passengers} passengers stay as they were booked, all of them"
