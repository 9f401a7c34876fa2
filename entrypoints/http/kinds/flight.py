"""Flights, and seats in them, in JSON."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.flight import (
    BadFlightNumber,
    BadRoute,
    ClosesAfterDeparture,
    FareClassNeeded,
    Flight,
)
from domain.bookings.flight_progress import FlightProgress, FlightStatus
from domain.bookings.flight_refusals import (
    BadPassengers,
    CarrierFixed,
    ChangeClosed,
    ChildrenFlyAlone,
    FareClassNotSold,
    GroupBooking,
    NoSuchSeat,
    PassengersFixed,
    RouteFixed,
    SeatChosenTwice,
    TravelsTwice,
)
from domain.bookings.flight_request import FlightBookingRequest, Passenger, PassengerType
from domain.bookings.seat_maps import BadCabins, FareClass
from domain.kernel.offerings import SoldWhole
from domain.kernel.periods import BadPeriod, Period
from domain.kernel.refusals import Refusal
from entrypoints.http.kinds.cabins import CabinInput
from entrypoints.http.kinds.every_request import RequestBaseInput
from entrypoints.http.shapes import Input, Moment, Output, PersonName

Airport = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z]{3}$(?!\n)",
        min_length=3,
        max_length=3,
        description="IATA code.",
        examples=["LIS"],
    ),
]
Carrier = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z0-9]{2}$(?!\n)",
        min_length=2,
        max_length=2,
        description="IATA code.",
        examples=["TP"],
    ),
]
FlightNumber = Annotated[
    str,
    Meta(pattern=r"^[0-9]{1,4}[A-Z]?$(?!\n)", min_length=1, max_length=5, examples=["1351"]),
]
ClosesBeforeMinutes = Annotated[
    int,
    Meta(
        ge=0,
        le=100_000,
        description="Minutes before the departure at which booking closes.",
        examples=[45],
    ),
]
Seat = Annotated[
    str,
    Meta(pattern=r"^[1-9][0-9]?[A-Z]$(?!\n)", min_length=2, max_length=3, examples=["12A"]),
]
Person = Annotated[
    str,
    Meta(
        pattern=r"^[\x21-\x7e]+$(?!\n)",
        min_length=1,
        max_length=64,
        description="What you know the passenger by: nobody is given two seats of a flight.",
        examples=["customer-4711"],
    ),
]
BoardingNumber = Annotated[int, Meta(ge=1, le=1_000_000, examples=[17])]
# More than can be booked: whoever comes with a group is told whom to call.
LARGEST_GROUP = 100

FLIGHT = {
    "name": "TP1351 Lisbon to London, 4 March 2027",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "flight",
        "carrier": "TP",
        "number": "1351",
        "origin": "LIS",
        "destination": "LHR",
        "departs_at": "2027-03-04T09:30:00Z",
        "arrives_at": "2027-03-04T12:15:00Z",
        "cabins": [
            {
                "fare_class": "business",
                "seats": [{"first_row": 1, "last_row": 4, "letters": "ACDF"}],
            },
            {
                "fare_class": "economy",
                "seats": [{"first_row": 5, "last_row": 28, "letters": "ABCDEF"}],
            },
        ],
    },
}
SEGMENT = {
    "kind": "flight",
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "fare_class": "economy",
    "passengers": [
        {"name": "Ana Sousa", "seat": "12A"},
        {"name": "Rui Sousa", "type": "child", "seat": "12B"},
    ],
}
OPENING_REFUSALS: tuple[type[Refusal], ...] = (SoldWhole, FareClassNeeded)
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (
    BadRoute,
    BadFlightNumber,
    BadPeriod,
    BadCabins,
    ClosesAfterDeparture,
)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (
    BadPassengers,
    GroupBooking,
    ChildrenFlyAlone,
    FareClassNotSold,
    NoSuchSeat,
    SeatChosenTwice,
    TravelsTwice,
)
CHANGE_REFUSALS: tuple[type[Refusal], ...] = (
    ChangeClosed,
    RouteFixed,
    CarrierFixed,
    PassengersFixed,
)


class FlightInput(Input, frozen=True, tag_field="kind", tag="flight"):
    carrier: Carrier
    number: FlightNumber
    origin: Airport
    destination: Airport
    departs_at: Moment
    arrives_at: Moment
    cabins: Annotated[tuple[CabinInput, ...], Meta(min_length=1, max_length=3)]
    closes_before_minutes: ClosesBeforeMinutes = 45

    def offering(self) -> Flight:
        return Flight(
            carrier=self.carrier,
            number=self.number,
            origin=self.origin,
            destination=self.destination,
            period=Period(self.departs_at, self.arrives_at),
            cabins=tuple(cabin.cabin() for cabin in self.cabins),
            closes_before=timedelta(minutes=self.closes_before_minutes),
        )


class FlightProgressBody(Output, frozen=True):
    status: FlightStatus
    estimated_departure: Moment | None
    estimated_arrival: Moment | None
    actual_departure: Moment | None
    actual_arrival: Moment | None

    @classmethod
    def of(cls, progress: FlightProgress) -> "FlightProgressBody":
        return cls(
            status=progress.status,
            estimated_departure=progress.estimated_departure,
            estimated_arrival=progress.estimated_arrival,
            actual_departure=progress.actual_departure,
            actual_arrival=progress.actual_arrival,
        )


class FlightBody(Output, frozen=True, tag_field="kind", tag="flight"):
    """`departs_at` and `arrives_at` are the schedule, `progress` is what becomes of it."""

    SHOWS: ClassVar = Flight

    carrier: Carrier
    number: FlightNumber
    origin: Airport
    destination: Airport
    departs_at: Moment
    arrives_at: Moment
    cabins: Annotated[Sequence[CabinInput], Meta(max_length=3)]
    closes_before_minutes: ClosesBeforeMinutes
    progress: FlightProgressBody

    @classmethod
    def of(cls, flight: Flight) -> "FlightBody":
        return cls(
            carrier=flight.carrier,
            number=flight.number,
            origin=flight.origin,
            destination=flight.destination,
            departs_at=flight.period.starts_at,
            arrives_at=flight.period.ends_at,
            cabins=[CabinInput.of(cabin) for cabin in flight.cabins],
            closes_before_minutes=flight.closes_before // timedelta(minutes=1),
            progress=FlightProgressBody.of(flight.progress),
        )


class PassengerInput(Input, frozen=True):
    name: PersonName
    type: PassengerType = PassengerType.ADULT
    seat: Seat | None = None
    person: Person | None = None

    def passenger(self) -> Passenger:
        return Passenger(name=self.name, type=self.type, seat=self.seat, person=self.person)


class PassengerBody(Output, frozen=True):
    """`boarding_number` is given at the check-in, to nobody else on that flight."""

    name: PersonName
    type: PassengerType
    seat: Seat | None
    person: Person | None
    boarding_number: BoardingNumber | None

    @classmethod
    def of(cls, passenger: Passenger) -> "PassengerBody":
        return cls(
            name=passenger.name,
            type=passenger.type,
            seat=passenger.seat,
            person=passenger.person,
            boarding_number=passenger.boarding_number,
        )


class FlightRequestInput(
    RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="flight"
):
    fare_class: FareClass
    passengers: Annotated[
        tuple[PassengerInput, ...],
        Meta(min_length=1, max_length=LARGEST_GROUP, description="More than 9 are a group."),
    ]

    def request(self) -> FlightBookingRequest:
        return FlightBookingRequest(
            **self.common(),
            fare_class=self.fare_class,
            passengers=tuple(passenger.passenger() for passenger in self.passengers),
        )


class FlightRequestBody(Output, frozen=True, tag_field="kind", tag="flight"):
    SHOWS: ClassVar = FlightBookingRequest

    fare_class: FareClass
    passengers: Annotated[Sequence[PassengerBody], Meta(max_length=LARGEST_GROUP)]

    @classmethod
    def of(cls, request: FlightBookingRequest) -> "FlightRequestBody":
        return cls(
            fare_class=request.fare_class,
            passengers=[PassengerBody.of(passenger) for passenger in request.passengers],
        )
