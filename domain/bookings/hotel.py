"""Hotel stays: so many rooms of one type for a run of nights."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.bookings.requests import BaseBookingRequest, Charge, Demand, InThePast
from domain.bookings.stay_restrictions import StayRestriction, require_unrestricted
from domain.kernel.claims import Claim, day_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import NotSoldInParts, Offering
from domain.kernel.periods import DateRange, LocalDateRange, Period, Zone
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadStay(Invalid):
    code: ClassVar[str] = "bad_stay"
    field: ClassVar[str] = "check_out"
    nights: int
    longest: int

    def __str__(self) -> str:
        return f"a stay lasts 1 to {self.longest} nights, not {self.nights}"


@attrs.frozen
class TooManyGuests(Invalid):
    code: ClassVar[str] = "too_many_guests"
    field: ClassVar[str] = "guests"
    guests: int
    beds: int

    def __str__(self) -> str:
        return f"{self.guests} guests do not fit in {self.beds} beds"


@attrs.frozen
class EmptyRooms(Invalid):
    code: ClassVar[str] = "empty_rooms"
    field: ClassVar[str] = "rooms"
    rooms: int
    guests: int

    def __str__(self) -> str:
        return f"{self.guests} guests cannot sleep in {self.rooms} rooms: one at least, none empty"


@attrs.frozen
class TooManyAdults(Invalid):
    code: ClassVar[str] = "too_many_adults"
    field: ClassVar[str] = "guests"
    adults: int
    beds: int

    def __str__(self) -> str:
        return f"{self.adults} adults do not fit in {self.beds} beds; extra beds are for children"


@attrs.frozen
class ChildrenAlone(Invalid):
    code: ClassVar[str] = "children_alone"
    field: ClassVar[str] = "children"
    rooms: int
    adults: int

    def __str__(self) -> str:
        return f"{self.adults} adults for {self.rooms} rooms: children do not sleep alone"


@attrs.frozen
class NightsNeeded(Invalid):
    code: ClassVar[str] = "nights_needed"
    field: ClassVar[str] = "from"

    def __str__(self) -> str:
        return "rooms are sold by the night: say from which to which"


@attrs.frozen
class NoBeds(Invalid):
    code: ClassVar[str] = "no_beds"
    field: ClassVar[str] = "offering/beds"

    def __str__(self) -> str:
        return "a room has a bed at least"


@attrs.frozen
class FewerGuestsThanBeds(Invalid):
    code: ClassVar[str] = "fewer_guests_than_beds"
    field: ClassVar[str] = "offering/most_guests"

    def __str__(self) -> str:
        return "as many guests as there are beds fit in a room; with extra beds, more"


class PriceTier(Enum):
    """How hotels are ranked by what they charge, cheapest first."""

    MIDSCALE = "midscale"
    UPPER_MIDSCALE = "upper_midscale"
    UPSCALE = "upscale"
    LUXURY = "luxury"


@attrs.frozen(kw_only=True)
class RoomType(Offering):
    """The rooms of one type; the times are wall times at the hotel.

    Adults sleep in `beds`; up to `most_guests` fit in with children in extra beds.
    """

    kind: ClassVar[str] = "hotel"
    sold_by_day: ClassVar[bool] = True

    beds: int
    check_in_from: time = time(15)
    check_out_by: time = time(11)
    most_guests: int | None = None
    hotel: str | None = None
    location: str | None = None
    tier: PriceTier | None = None
    restrictions: tuple[StayRestriction, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.beds < 1:
            raise NoBeds
        if self.most_guests is not None and self.most_guests < self.beds:
            raise FewerGuestsThanBeds

    @property
    def facets(self) -> Mapping[str, str]:
        tier = self.tier and self.tier.value
        told = {"hotel": self.hotel, "location": self.location, "tier": tier}
        return {name: text for name, text in told.items() if text is not None}

    def allows(self, dates: DateRange) -> bool:
        try:
            require_unrestricted(dates, self.restrictions)
        except Invalid:
            return False
        return True

    @property
    def fits(self) -> int:
        """Guests in one room."""
        return self.beds if self.most_guests is None else self.most_guests

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
        if dates is None:
            raise NightsNeeded
        return {day_pool(resource_id, night): night for night in dates.days}


@attrs.frozen(kw_only=True)
class HotelBookingRequest(BaseBookingRequest):
    """`check_out` is the morning after the last night; `children` of the guests are children."""

    LONGEST_STAY: ClassVar[int] = 90

    kind: ClassVar[str] = "hotel"

    check_in: date
    check_out: date
    rooms: int
    guests: int
    children: int = 0

    def __attrs_post_init__(self) -> None:
        nights = (self.check_out - self.check_in).days
        if not 1 <= nights <= self.LONGEST_STAY:
            raise BadStay(nights, self.LONGEST_STAY)
        if not 1 <= self.rooms <= self.guests:
            raise EmptyRooms(self.rooms, self.guests)

    @property
    def people(self) -> int:
        return self.guests

    @property
    def units(self) -> int:
        return self.rooms

    def days(self, period: Period, zone: Zone) -> DateRange:
        return DateRange(self.check_in, self.check_out)

    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        if not isinstance(offering, RoomType):
            raise self.wrong_kind(offering)
        self._require_room(offering)
        if self.check_in < zone.date_at(now):
            raise InThePast(self.check_in)
        require_unrestricted(DateRange(self.check_in, self.check_out), offering.restrictions)
        stay = LocalDateRange(dates=DateRange(self.check_in, self.check_out), zone=zone)
        nights = stay.dates.days
        return Demand(
            claims=tuple(Claim(day_pool(self.resource_id, night), self.rooms) for night in nights),
            charges=tuple(Charge(day=night, units=self.rooms, label="night") for night in nights),
            period=stay.period(opens=offering.check_in_from, closes=offering.check_out_by),
            closes_at=zone.moment(self.check_in + timedelta(days=1), time.min),
            party=self.guests,
        )

    def _require_room(self, offering: RoomType) -> None:
        adults = self.guests - self.children
        if self.guests > self.rooms * offering.fits:
            raise TooManyGuests(self.guests, self.rooms * offering.fits)
        if adults > self.rooms * offering.beds:
            raise TooManyAdults(adults, self.rooms * offering.beds)
        if self.children < 0 or adults < self.rooms:
            raise ChildrenAlone(self.rooms, adults)
