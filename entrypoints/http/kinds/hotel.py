"""Hotel rooms and stays in JSON."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.hotel import (
    BadStay,
    ChildrenAlone,
    EmptyRooms,
    FewerGuestsThanBeds,
    HotelBookingRequest,
    NightsNeeded,
    NoBeds,
    PriceTier,
    RoomType,
    TooManyAdults,
    TooManyGuests,
)
from domain.bookings.requests import InThePast
from domain.bookings.stay_restrictions import (
    BadRestriction,
    ClosedToArrival,
    ClosedToDeparture,
    StayRestriction,
    StayTooLong,
    StayTooShort,
)
from domain.kernel.periods import BadDates, DateRange
from domain.kernel.refusals import Refusal
from entrypoints.http.hours import WallTime
from entrypoints.http.kinds.every_request import Place, RequestBaseInput
from entrypoints.http.shapes import Input, Output

CheckIn = Annotated[date, Meta(description="A date at the hotel.", examples=["2027-05-14"])]
CheckOut = Annotated[
    date, Meta(description="The morning after the last night.", examples=["2027-05-17"])
]
Rooms = Annotated[int, Meta(ge=1, le=50, examples=[1])]
Guests = Annotated[int, Meta(ge=1, le=200, examples=[2])]
Children = Annotated[
    int, Meta(ge=0, le=200, description="How many of the guests are children.", examples=[0])
]
Beds = Annotated[int, Meta(ge=1, le=20, description="Adults that fit in a room.", examples=[2])]
MostGuests = Annotated[
    int,
    Meta(
        ge=1,
        le=40,
        description="Guests that fit in a room, with extra beds for children; `beds` if not said.",
        examples=[3],
    ),
]
Nights = Annotated[int, Meta(ge=1, le=HotelBookingRequest.LONGEST_STAY, examples=[2])]

MOST_RESTRICTIONS = 400

ROOMS = {
    "name": "Double room, sea view",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "hotel",
        "beds": 2,
        "check_in_from": "15:00:00",
        "check_out_by": "11:00:00",
        "most_guests": 3,
        "hotel": "Hotel Miramar",
        "location": "Cascais, Lisbon",
        "tier": "upscale",
        "restrictions": [
            {"from": "2027-12-30", "until": "2028-01-01", "least_nights": 3},
            {"from": "2027-12-31", "until": "2028-01-01", "closed_to_arrival": True},
        ],
    },
}
STAY = {
    "kind": "hotel",
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "check_in": "2027-05-14",
    "check_out": "2027-05-17",
    "rooms": 1,
    "guests": 2,
}
OPENING_REFUSALS: tuple[type[Refusal], ...] = (NightsNeeded,)
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (
    NoBeds,
    FewerGuestsThanBeds,
    BadRestriction,
    BadDates,
)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (
    BadStay,
    EmptyRooms,
    TooManyGuests,
    TooManyAdults,
    ChildrenAlone,
    InThePast,
    StayTooShort,
    StayTooLong,
    ClosedToArrival,
    ClosedToDeparture,
)


class RestrictionInput(Input, frozen=True, rename={"first": "from"}):
    """The length is that of stays that begin on one of these dates."""

    first: date
    until: date
    least_nights: Nights = 1
    most_nights: Nights | None = None
    closed_to_arrival: bool = False
    closed_to_departure: bool = False

    def restriction(self) -> StayRestriction:
        """Raises BadDates or BadRestriction."""
        return StayRestriction(
            dates=DateRange(self.first, self.until),
            least_nights=self.least_nights,
            most_nights=self.most_nights,
            closed_to_arrival=self.closed_to_arrival,
            closed_to_departure=self.closed_to_departure,
        )

    @classmethod
    def of(cls, restriction: StayRestriction) -> "RestrictionInput":
        return cls(
            first=restriction.dates.first,
            until=restriction.dates.until,
            least_nights=restriction.least_nights,
            most_nights=restriction.most_nights,
            closed_to_arrival=restriction.closed_to_arrival,
            closed_to_departure=restriction.closed_to_departure,
        )


class RoomTypeInput(Input, frozen=True, tag_field="kind", tag="hotel"):
    beds: Beds
    check_in_from: WallTime = time(15)
    check_out_by: WallTime = time(11)
    most_guests: MostGuests | None = None
    hotel: Place | None = None
    location: Place | None = None
    tier: PriceTier | None = None
    restrictions: Annotated[tuple[RestrictionInput, ...], Meta(max_length=MOST_RESTRICTIONS)] = ()

    def offering(self) -> RoomType:
        return RoomType(
            beds=self.beds,
            check_in_from=self.check_in_from,
            check_out_by=self.check_out_by,
            most_guests=self.most_guests,
            hotel=self.hotel,
            location=self.location,
            tier=self.tier,
            restrictions=tuple(each.restriction() for each in self.restrictions),
        )


class RoomTypeBody(Output, frozen=True, tag_field="kind", tag="hotel"):
    SHOWS: ClassVar = RoomType

    beds: Beds
    check_in_from: WallTime
    check_out_by: WallTime
    most_guests: MostGuests | None
    hotel: Place | None
    location: Place | None
    tier: PriceTier | None
    restrictions: Annotated[Sequence[RestrictionInput], Meta(max_length=MOST_RESTRICTIONS)]

    @classmethod
    def of(cls, room_type: RoomType) -> "RoomTypeBody":
        return cls(
            beds=room_type.beds,
            check_in_from=room_type.check_in_from,
            check_out_by=room_type.check_out_by,
            most_guests=room_type.most_guests,
            hotel=room_type.hotel,
            location=room_type.location,
            tier=room_type.tier,
            restrictions=[RestrictionInput.of(each) for each in room_type.restrictions],
        )


class HotelRequestInput(
    RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="hotel"
):
    check_in: CheckIn
    check_out: CheckOut
    rooms: Rooms
    guests: Guests
    children: Children = 0

    def request(self) -> HotelBookingRequest:
        return HotelBookingRequest(
            **self.common(),
            check_in=self.check_in,
            check_out=self.check_out,
            rooms=self.rooms,
            guests=self.guests,
            children=self.children,
        )


class HotelRequestBody(Output, frozen=True, tag_field="kind", tag="hotel"):
    SHOWS: ClassVar = HotelBookingRequest

    check_in: CheckIn
    check_out: CheckOut
    rooms: Rooms
    guests: Guests
    children: Children

    @classmethod
    def of(cls, request: HotelBookingRequest) -> "HotelRequestBody":
        return cls(
            check_in=request.check_in,
            check_out=request.check_out,
            rooms=request.rooms,
            guests=request.guests,
            children=request.children,
        )
