"""Car rental: one car of a class, from a station and back to it, by the day or by the hour."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import ClassVar, Self

import attrs

from domain.bookings.requests import BaseBookingRequest, BookingClosed, Charge, Demand
from domain.kernel.claims import Claim, IntervalClaim, day_pool
from domain.kernel.hours import WeeklyHours
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import NotSoldInParts, Offering
from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.personal import personal
from domain.kernel.refusals import Invalid

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOURS_OF_A_DAY = 24


@attrs.frozen
class RentalTooLong(Invalid):
    code: ClassVar[str] = "rental_too_long"
    field: ClassVar[str] = "return_at"
    longest: int

    def __str__(self) -> str:
        return f"a car is rented for {self.longest} days at the most"


@attrs.frozen
class DriverTooYoung(Invalid):
    code: ClassVar[str] = "driver_too_young"
    field: ClassVar[str] = "driver_age"
    youngest: int

    def __str__(self) -> str:
        return f"drivers of these cars are at least {self.youngest} years old"


@attrs.frozen
class ClosedAtPickUp(Invalid):
    code: ClassVar[str] = "closed_at_pick_up"
    field: ClassVar[str] = "pick_up_at"
    wall: datetime

    def __str__(self) -> str:
        return f"nobody is at the station at {self.wall:%H:%M on %Y-%m-%d}"


@attrs.frozen
class ClosedAtReturn(Invalid):
    code: ClassVar[str] = "closed_at_return"
    field: ClassVar[str] = "return_at"
    wall: datetime

    def __str__(self) -> str:
        return f"nobody is at the station at {self.wall:%H:%M on %Y-%m-%d}"


@attrs.frozen
class DaysNeeded(Invalid):
    code: ClassVar[str] = "days_needed"
    field: ClassVar[str] = "from"

    def __str__(self) -> str:
        return "cars are counted day by day: say from which day to which"


@attrs.frozen
class NotCounted(Invalid):
    code: ClassVar[str] = "not_counted"
    field: ClassVar[str] = "capacity"

    def __str__(self) -> str:
        return "what is rented by the hour is not counted: add the cars, each as a unit"


@attrs.frozen
class BadCarClass(Invalid):
    code: ClassVar[str] = "bad_car_class"
    field: ClassVar[str] = "offering"

    def __str__(self) -> str:
        return (
            "a car needs no less than no time between two rentals, and of a day 1 to 24 hours "
            "are charged"
        )


class SoldBy(Enum):
    DAYS = "days"
    HOURS = "hours"


class CarTier(Enum):
    """How rental companies are ranked by what they charge, cheapest first."""

    BUDGET = "budget"
    STANDARD = "standard"
    PREMIUM = "premium"


@attrs.frozen(kw_only=True)
class CarClass(Offering):
    """Cars of one class at one station.

    By the day so many are counted, and which one somebody gets is decided late; by the hour each
    is given out singly. After a rental the car needs `turnaround`. The desk is always open if no
    hours are named. Of each day begun, `hours_charged` are charged at the most.
    """

    kind: ClassVar[str] = "car"
    sold_by_day: ClassVar[bool] = True

    station: str
    location: str | None = None
    company: str | None = None
    tier: CarTier | None = None
    category: str | None = None
    youngest_driver: int = 18
    turnaround: timedelta = timedelta()
    opening: tuple[WeeklyHours, ...] = ()
    sold_by: SoldBy = SoldBy.DAYS
    hours_charged: int = HOURS_OF_A_DAY

    def __attrs_post_init__(self) -> None:
        if self.turnaround < timedelta() or not 1 <= self.hours_charged <= HOURS_OF_A_DAY:
            raise BadCarClass

    @property
    def settled(self) -> tuple[object, ...]:
        return (self.sold_by,)

    @property
    def facets(self) -> Mapping[str, str]:
        told = {
            "station": self.station,
            "location": self.location,
            "company": self.company,
            "tier": self.tier and self.tier.value,
            "category": self.category,
        }
        return {name: text for name, text in told.items() if text is not None}

    def is_open(self, wall: datetime) -> bool:
        return not self.opening or any(wall in hours for hours in self.opening)

    def pools(
        self,
        resource_id: ResourceId,
        *,
        dates: DateRange | None,
        zone: Zone,
        part: str | None = None,
    ) -> Mapping[PoolId, date]:
        if part is not None:
            raise NotSoldInParts
        if self.sold_by is SoldBy.HOURS:
            raise NotCounted
        if dates is None:
            raise DaysNeeded
        return {day_pool(resource_id, day): day for day in dates.days}


@attrs.frozen(kw_only=True)
class CarBookingRequest(BaseBookingRequest):
    LONGEST_RENTAL: ClassVar[int] = 60

    kind: ClassVar[str] = "car"

    pick_up_at: datetime
    return_at: datetime
    driver_age: int = attrs.field(metadata=personal("classes have a youngest driver"))

    def __attrs_post_init__(self) -> None:
        Period(self.pick_up_at, self.return_at)

    def erased(self) -> Self:
        return attrs.evolve(super().erased(), driver_age=0)

    @property
    def rental(self) -> Period:
        """Raises BadPeriod."""
        return Period(self.pick_up_at, self.return_at)

    def days(self, period: Period, zone: Zone) -> DateRange:
        last = zone.date_at(period.ends_at - timedelta.resolution)
        return DateRange(zone.date_at(period.starts_at), last + DAY)

    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        if not isinstance(offering, CarClass):
            raise self.wrong_kind(offering)
        rental = self.rental
        self._require_rules(offering, zone)
        if now >= rental.starts_at:
            raise BookingClosed(rental.starts_at)
        # The car is somebody's until it can be given to somebody else.
        needed = Period(rental.starts_at, rental.ends_at + offering.turnaround)
        by_hours = offering.sold_by is SoldBy.HOURS
        return Demand(
            claims=() if by_hours else self._days(needed, zone),
            intervals=(IntervalClaim(resource_id=self.resource_id, period=needed),)
            if by_hours
            else (),
            charges=hours_begun(rental, zone, at_most=offering.hours_charged)
            if by_hours
            else days_begun(rental, zone),
            period=rental,
            closes_at=rental.starts_at,
        )

    def _require_rules(self, offering: CarClass, zone: Zone) -> None:
        rental = self.rental
        if self.driver_age < offering.youngest_driver:
            raise DriverTooYoung(offering.youngest_driver)
        if rental.ends_at - rental.starts_at > self.LONGEST_RENTAL * DAY:
            raise RentalTooLong(self.LONGEST_RENTAL)
        picked_up, returned = zone.wall_time(rental.starts_at), zone.wall_time(rental.ends_at)
        if not offering.is_open(picked_up):
            raise ClosedAtPickUp(picked_up)
        if not offering.is_open(returned):
            raise ClosedAtReturn(returned)

    def _days(self, needed: Period, zone: Zone) -> tuple[Claim, ...]:
        """One car on every local date of which the period has some part."""
        days = self.days(needed, zone).days
        return tuple(Claim(day_pool(self.resource_id, day), 1) for day in days)


def days_begun(rental: Period, zone: Zone) -> tuple[Charge, ...]:
    """A day from 10 to 10 on the wall, though the clock changes: 24 hours, or 23, or 25."""
    picked_up = zone.wall_time(rental.starts_at).replace(tzinfo=None)
    returned = zone.wall_time(rental.ends_at).replace(tzinfo=None)
    # While an hour is shown a second time, a car may be back before it was picked up.
    days = max(1, -((picked_up - returned) // DAY))
    return tuple(
        Charge(day=picked_up.date() + number * DAY, units=1, label="day") for number in range(days)
    )


def hours_begun(rental: Period, zone: Zone, *, at_most: int) -> tuple[Charge, ...]:
    """Hours that pass, whatever the clock shows; of each 24 begun, so many at the most."""
    charges, starts_at = [], rental.starts_at
    while starts_at < rental.ends_at:
        hours = -((starts_at - rental.ends_at) // HOUR)
        day = zone.date_at(starts_at)
        charges.append(Charge(day=day, units=min(hours, at_most), label="hour"))
        starts_at += DAY
    return tuple(charges)
