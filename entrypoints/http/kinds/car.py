"""Car classes and rentals in JSON."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.car import (
    HOURS_OF_A_DAY,
    BadCarClass,
    CarBookingRequest,
    CarClass,
    CarTier,
    ClosedAtPickUp,
    ClosedAtReturn,
    DaysNeeded,
    DriverTooYoung,
    NotCounted,
    RentalTooLong,
    SoldBy,
)
from domain.kernel.hours import BadHours
from domain.kernel.periods import BadPeriod
from domain.kernel.refusals import Refusal
from entrypoints.http.hours import HoursInput
from entrypoints.http.kinds.every_request import Place, RequestBaseInput
from entrypoints.http.shapes import Input, Moment, Output

Category = Annotated[Place, Meta(examples=["compact"])]
Age = Annotated[int, Meta(ge=0, le=150, description="Years.", examples=[30])]
Turnaround = Annotated[
    int,
    Meta(
        ge=0,
        le=1440,
        description="Minutes a car needs between two rentals.",
        examples=[60],
    ),
]
HoursCharged = Annotated[
    int,
    Meta(
        ge=1,
        le=HOURS_OF_A_DAY,
        description="By the hour: how many of 24 are charged at the most.",
        examples=[8],
    ),
]
Opening = Annotated[
    tuple[HoursInput, ...],
    Meta(
        max_length=21, description="When somebody is at the station; always, if nothing is said."
    ),
]

CARS = {
    "name": "Compact, Lisbon airport",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "car",
        "station": "Lisbon airport",
        "location": "Lisbon",
        "company": "Rodas",
        "tier": "standard",
        "category": "compact",
        "youngest_driver": 21,
        "turnaround_minutes": 60,
        "opening": [{"days": ["monday", "friday"], "opens": "08:00:00", "closes": "20:00:00"}],
        "sold_by": "days",
    },
}
RENTAL = {
    "kind": "car",
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "pick_up_at": "2027-05-14T10:00:00+01:00",
    "return_at": "2027-05-17T10:00:00+01:00",
    "driver_age": 34,
}
OPENING_REFUSALS: tuple[type[Refusal], ...] = (DaysNeeded, NotCounted)
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (BadCarClass, BadHours)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (
    BadPeriod,
    RentalTooLong,
    DriverTooYoung,
    ClosedAtPickUp,
    ClosedAtReturn,
)


class CarClassInput(Input, frozen=True, tag_field="kind", tag="car"):
    station: Place
    location: Place | None = None
    company: Place | None = None
    tier: CarTier | None = None
    category: Category | None = None
    youngest_driver: Age = 18
    turnaround_minutes: Turnaround = 0
    opening: Opening = ()
    sold_by: SoldBy = SoldBy.DAYS
    hours_charged: HoursCharged = HOURS_OF_A_DAY

    def offering(self) -> CarClass:
        return CarClass(
            station=self.station,
            location=self.location,
            company=self.company,
            tier=self.tier,
            category=self.category,
            youngest_driver=self.youngest_driver,
            turnaround=timedelta(minutes=self.turnaround_minutes),
            opening=tuple(hours.hours() for hours in self.opening),
            sold_by=self.sold_by,
            hours_charged=self.hours_charged,
        )


class CarClassBody(Output, frozen=True, tag_field="kind", tag="car"):
    SHOWS: ClassVar = CarClass

    station: Place
    location: Place | None
    company: Place | None
    tier: CarTier | None
    category: Category | None
    youngest_driver: Age
    turnaround_minutes: Turnaround
    opening: Annotated[Sequence[HoursInput], Meta(max_length=21)]
    sold_by: SoldBy
    hours_charged: HoursCharged

    @classmethod
    def of(cls, cars: CarClass) -> "CarClassBody":
        return cls(
            station=cars.station,
            location=cars.location,
            company=cars.company,
            tier=cars.tier,
            category=cars.category,
            youngest_driver=cars.youngest_driver,
            turnaround_minutes=cars.turnaround // timedelta(minutes=1),
            opening=[HoursInput.of(hours) for hours in cars.opening],
            sold_by=cars.sold_by,
            hours_charged=cars.hours_charged,
        )


class CarRequestInput(RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="car"):
    pick_up_at: Moment
    return_at: Moment
    driver_age: Age

    def request(self) -> CarBookingRequest:
        return CarBookingRequest(
            **self.common(),
            pick_up_at=self.pick_up_at,
            return_at=self.return_at,
            driver_age=self.driver_age,
        )


class CarRequestBody(Output, frozen=True, tag_field="kind", tag="car"):
    SHOWS: ClassVar = CarBookingRequest

    pick_up_at: Moment
    return_at: Moment
    driver_age: Age

    @classmethod
    def of(cls, request: CarBookingRequest) -> "CarRequestBody":
        return cls(
            pick_up_at=request.pick_up_at,
            return_at=request.return_at,
            driver_age=request.driver_age,
        )
