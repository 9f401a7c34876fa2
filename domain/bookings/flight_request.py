"""Seats of one fare class in one flight: a segment of a journey."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar, Self
from uuid import uuid5

import attrs

from domain.bookings.flight import Flight
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
    SeatForEach,
    TravelsTwice,
)
from domain.bookings.requests import BaseBookingRequest, BookingClosed, Charge, Demand, KindFixed
from domain.bookings.seat_maps import FareClass
from domain.kernel.claims import Claim, ExclusiveClaim, part_pool
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone
from domain.kernel.personal import personal

SEAT = "seat"
PASSENGER = "passenger"


class PassengerType(Enum):
    ADULT = "adult"
    CHILD = "child"
    INFANT = "infant"


def _tidied(name: str) -> str:
    return " ".join(name.split())


@attrs.frozen(kw_only=True)
class Passenger:
    """`person` is what the caller knows them by, the same in all bookings of theirs.

    Their boarding number is nobody else's on that flight; they have it once they have checked in.
    """

    name: str = attrs.field(
        converter=_tidied, repr=False, metadata=personal("to let them on board")
    )
    type: PassengerType = PassengerType.ADULT
    seat: str | None = None
    boarding_number: int | None = None
    person: str | None = attrs.field(
        default=None, repr=False, metadata=personal("to tell persons apart")
    )

    @property
    def identity(self) -> tuple[str, PassengerType, str | None]:
        """What a change of the booking leaves as it is."""
        return self.name.casefold(), self.type, self.person


@attrs.frozen(kw_only=True)
class FlightBookingRequest(BaseBookingRequest):
    """Every passenger takes a seat of the fare class, infants as well."""

    LARGEST_PARTY: ClassVar[int] = 9
    SHORTEST_NAME: ClassVar[int] = 2
    LONGEST_NAME: ClassVar[int] = 100
    CHANGES_CLOSE: ClassVar[timedelta] = timedelta(hours=3)

    kind: ClassVar[str] = "flight"

    fare_class: FareClass
    passengers: tuple[Passenger, ...]

    def __attrs_post_init__(self) -> None:
        fit = all(
            self.SHORTEST_NAME <= len(passenger.name) <= self.LONGEST_NAME
            and passenger.name.isprintable()
            for passenger in self.passengers
        )
        if not (self.passengers and fit):
            raise BadPassengers

    def erased(self) -> Self:
        """Who sat where is forgotten; that the seats were taken is not."""
        nobody = tuple(
            attrs.evolve(passenger, name=f"Erased {number}", person=None)
            for number, passenger in enumerate(self.passengers, 1)
        )
        return attrs.evolve(super().erased(), passengers=nobody)

    @property
    def people(self) -> int:
        return len(self.passengers)

    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        flight = self._flight(offering)
        self._require_company()
        closed_at = flight.period.starts_at - flight.closes_before
        if now >= closed_at:
            raise BookingClosed(closed_at)
        fare_class, seats = self.fare_class.value, len(self.passengers)
        charge = Charge(
            day=zone.date_at(flight.period.starts_at),
            units=seats,
            label=fare_class,
            rate=fare_class,
        )
        return Demand(
            claims=(Claim(part_pool(self.resource_id, fare_class), seats),),
            exclusives=self.exclusives(flight),
            charges=(charge,),
            period=flight.period,
            closes_at=closed_at,
        )

    def exclusives(self, offering: Offering) -> tuple[ExclusiveClaim, ...]:
        """The seats that were chosen, and the persons, who sit on one seat of a flight each.

        Raises FareClassNotSold, NoSuchSeat, SeatChosenTwice or TravelsTwice.
        """
        cabin = self._flight(offering).cabin(self.fare_class)
        if cabin is None:
            raise FareClassNotSold(self.fare_class.value)
        seats = [passenger.seat for passenger in self.passengers if passenger.seat is not None]
        missing = tuple(sorted(seat for seat in seats if seat not in cabin))
        if missing:
            raise NoSuchSeat(missing)
        if len(set(seats)) < len(seats):
            raise SeatChosenTwice
        persons = [
            _pseudonym(self.resource_id, one.person) for one in self.passengers if one.person
        ]
        if len(set(persons)) < len(persons):
            raise TravelsTwice
        return tuple(
            ExclusiveClaim(resource_id=self.resource_id, what=what, name=name)
            for what, names in ((PASSENGER, persons), (SEAT, seats))
            for name in sorted(names)
        )

    def may_become(
        self,
        other: BaseBookingRequest,
        *,
        offering_before: Offering,
        offering_after: Offering,
        now: datetime,
    ) -> None:
        if not isinstance(other, FlightBookingRequest):
            raise KindFixed(self.kind, other.kind)
        before, after = self._flight(offering_before), self._flight(offering_after)
        closed_at = before.period.starts_at - self.CHANGES_CLOSE
        if now >= closed_at:
            raise ChangeClosed(closed_at)
        if (before.origin, before.destination) != (after.origin, after.destination):
            raise RouteFixed(before.origin, before.destination)
        if before.carrier != after.carrier:
            raise CarrierFixed(before.carrier)
        if other.identities != self.identities:
            raise PassengersFixed(len(self.passengers))

    @property
    def identities(self) -> Counter[tuple[str, PassengerType, str | None]]:
        return Counter(passenger.identity for passenger in self.passengers)

    @property
    def boarding(self) -> int:
        return len(self.passengers)

    def boarded(self, numbers: Sequence[int]) -> "FlightBookingRequest":
        numbered = (
            attrs.evolve(passenger, boarding_number=number)
            for passenger, number in zip(self.passengers, numbers, strict=True)
        )
        return attrs.evolve(self, passengers=tuple(numbered))

    def seated(self, seats: Sequence[str | None]) -> "FlightBookingRequest":
        """With these seats, in the order of the passengers. Raises SeatForEach."""
        if len(seats) != len(self.passengers):
            raise SeatForEach(len(self.passengers))
        moved = (
            attrs.evolve(passenger, seat=seat)
            for passenger, seat in zip(self.passengers, seats, strict=True)
        )
        return attrs.evolve(self, passengers=tuple(moved))

    def carried_over(
        self,
        other: BaseBookingRequest,
        *,
        offering_after: Offering,
        taken: Collection[ExclusiveClaim],
    ) -> BaseBookingRequest:
        """Whoever has not chosen another seat keeps theirs, if it is there and free."""
        if not isinstance(other, FlightBookingRequest):
            return other
        cabin = self._flight(offering_after).cabin(other.fare_class)
        chosen = {passenger.seat for passenger in other.passengers}
        gone = {claim.name for claim in taken if claim.what == SEAT} | chosen
        seats = {passenger.identity: passenger.seat for passenger in self.passengers}

        def kept(passenger: Passenger) -> str | None:
            seat = seats.pop(passenger.identity, None)
            free = seat is not None and cabin is not None and seat in cabin and seat not in gone
            return seat if passenger.seat is None and free else passenger.seat

        return other.seated([kept(passenger) for passenger in other.passengers])

    def _flight(self, offering: Offering) -> Flight:
        if not isinstance(offering, Flight):
            raise self.wrong_kind(offering)
        return offering

    def _require_company(self) -> None:
        types = Counter(passenger.type for passenger in self.passengers)
        adults, infants = types[PassengerType.ADULT], types[PassengerType.INFANT]
        if len(self.passengers) > self.LARGEST_PARTY:
            raise GroupBooking(len(self.passengers), self.LARGEST_PARTY)
        if not adults or infants > adults:
            raise ChildrenFlyAlone


def _pseudonym(resource_id: ResourceId, person: str) -> str:
    """The same for a person and a flight, and of no use for anything else."""
    return str(uuid5(resource_id, person))
