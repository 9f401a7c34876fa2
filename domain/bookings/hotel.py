"""Hotel stays: so many rooms of one type for a run of nights."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import ClassVar

import attrs

from domain.bookings.requests import BaseBookingRequest, Charge, Demand, InThePast
from domain.kernel.claims import Claim, day_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import NotSoldInParts, Offering
from domain.kernel.periods import DateRange, LocalDateRange, Zone
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


@attrs.frozen(kw_only=True)
class RoomType(Offering):
    """The rooms of one type; the times are wall times at the hotel."""

    kind: ClassVar[str] = "hotel"
    sold_by_day: ClassVar[bool] = True

    beds: int
    check_in_from: time = time(15)
    check_out_by: time = time(11)

    def __attrs_post_init__(self) -> None:
        if self.beds < 1:
            raise NoBeds

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
    """`check_out` is the morning after the last night."""

    LONGEST_STAY: ClassVar[int] = 90

    kind: ClassVar[str] = "hotel"

    check_in: date
    check_out: date
    rooms: int
    guests: int

    def __attrs_post_init__(self) -> None:
        nights = (self.check_out - self.check_in).days
        if not 1 <= nights <= self.LONGEST_STAY:
            raise BadStay(nights, self.LONGEST_STAY)
        if not 1 <= self.rooms <= self.guests:
            raise EmptyRooms(self.rooms, self.guests)

    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        if not isinstance(offering, RoomType):
            raise self.wrong_kind(offering)
        if self.guests > self.rooms * offering.beds:
            raise TooManyGuests(self.guests, self.rooms * offering.beds)
        if self.check_in < zone.date_at(now):
            raise InThePast(self.check_in)
        stay = LocalDateRange(dates=DateRange(self.check_in, self.check_out), zone=zone)
        nights = stay.dates.days
        return Demand(
            claims=tuple(Claim(day_pool(self.resource_id, night), self.rooms) for night in nights),
            charges=tuple(Charge(day=night, units=self.rooms, label="night") for night in nights),
            period=stay.period(opens=offering.check_in_from, closes=offering.check_out_by),
            closes_at=zone.moment(self.check_in + timedelta(days=1), time.min),
        )
