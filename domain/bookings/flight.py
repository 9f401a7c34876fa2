"""Flights: one flight of one day, with a pool for each fare class."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

import attrs

from domain.bookings.flight_progress import ON_SCHEDULE, FlightProgress
from domain.bookings.seat_maps import Cabin, FareClass, require_sound
from domain.kernel.claims import part_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import Offering, SoldWhole
from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.refusals import Conflict, Invalid

AIRPORT = re.compile(r"[A-Z]{3}")
CARRIER = re.compile(r"[A-Z0-9]{2}")
NUMBER = re.compile(r"[0-9]{1,4}[A-Z]?")


@attrs.frozen
class NotAFlight(Conflict):
    code: ClassVar[str] = "not_a_flight"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"resource {self.resource_id} is no flight"


@attrs.frozen
class BadRoute(Invalid):
    code: ClassVar[str] = "bad_route"
    field: ClassVar[str] = "offering/destination"

    def __str__(self) -> str:
        return "a flight goes from one airport to another, each three capital letters (IATA)"


@attrs.frozen
class BadFlightNumber(Invalid):
    code: ClassVar[str] = "bad_flight_number"
    field: ClassVar[str] = "offering/number"

    def __str__(self) -> str:
        return "a carrier has two capital letters or digits, a flight number up to four digits"


@attrs.frozen
class ClosesAfterDeparture(Invalid):
    code: ClassVar[str] = "closes_after_departure"
    field: ClassVar[str] = "offering/closes_before_minutes"

    def __str__(self) -> str:
        return "booking closes before a flight departs, or when it does"


@attrs.frozen
class FareClassNeeded(Invalid):
    code: ClassVar[str] = "fare_class_needed"
    field: ClassVar[str] = "part"

    def __str__(self) -> str:
        return "the seats of a flight are sold by fare class: name one that it has"


@attrs.frozen(kw_only=True)
class Flight(Offering):
    """`period` is the schedule, which stays; `progress` is what becomes of it."""

    MOST_SEATS: ClassVar[int] = 900

    kind: ClassVar[str] = "flight"
    sold_by_day: ClassVar[bool] = False

    carrier: str
    number: str
    origin: str
    destination: str
    period: Period
    cabins: tuple[Cabin, ...]
    closes_before: timedelta = timedelta(minutes=45)
    progress: FlightProgress = ON_SCHEDULE

    def __attrs_post_init__(self) -> None:
        route = self.origin, self.destination
        if len(set(route)) < len(route) or not all(AIRPORT.fullmatch(end) for end in route):
            raise BadRoute
        if not (CARRIER.fullmatch(self.carrier) and NUMBER.fullmatch(self.number)):
            raise BadFlightNumber
        if self.closes_before < timedelta():
            raise ClosesAfterDeparture
        require_sound(self.cabins, most=self.MOST_SEATS)

    @property
    def designator(self) -> str:
        """As it is called: carrier and number."""
        return self.carrier + self.number

    @property
    def takes_place(self) -> Period:
        return self.period

    def moved_to(self, period: Period) -> Offering:
        return attrs.evolve(self, period=period, progress=ON_SCHEDULE)

    @property
    def facets(self) -> Mapping[str, str]:
        return {
            "origin": self.origin,
            "destination": self.destination,
            "carrier": self.carrier,
            "flight": self.designator,
        }

    @property
    def settled(self) -> tuple[object, ...]:
        return self.period, self.designator, self.origin, self.destination, self.cabins

    def turned_into(self, other: Offering) -> Offering:
        """Whatever is described anew, the flight is as far as it is."""
        if not isinstance(other, Flight):
            return other
        return attrs.evolve(other, progress=self.progress)

    def called_off(self) -> Offering:
        """Raises FlightCannotBecome once it has left."""
        return attrs.evolve(self, progress=self.progress.called_off())

    @property
    def parts(self) -> tuple[str | None, ...]:
        return tuple(cabin.fare_class.value for cabin in self.cabins)

    def cabin(self, fare_class: FareClass) -> Cabin | None:
        return next((cabin for cabin in self.cabins if cabin.fare_class is fare_class), None)

    def pools(
        self,
        resource_id: ResourceId,
        *,
        dates: DateRange | None,
        zone: Zone,
        part: str | None = None,
    ) -> Mapping[PoolId, date]:
        if dates is not None:
            raise SoldWhole
        if part not in {cabin.fare_class.value for cabin in self.cabins}:
            raise FareClassNeeded
        return {part_pool(resource_id, part): zone.date_at(self.period.starts_at)}

    def report(self, progress: FlightProgress) -> "Flight":
        """The flight as it goes on. Raises FlightCannotBecome."""
        return attrs.evolve(self, progress=self.progress.then(progress))
