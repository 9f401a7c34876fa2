"""Hotel rooms and stays in JSON."""

from datetime import date, time
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.hotel import (
    BadStay,
    EmptyRooms,
    HotelBookingRequest,
    NightsNeeded,
    NoBeds,
    RoomType,
    TooManyGuests,
)
from domain.bookings.requests import InThePast
from domain.kernel.refusals import Refusal
from entrypoints.http.kinds.common import RequestBaseInput
from entrypoints.http.shapes import Input, Output

CheckIn = Annotated[date, Meta(description="A date at the hotel.", examples=["2027-05-14"])]
CheckOut = Annotated[
    date, Meta(description="The morning after the last night.", examples=["2027-05-17"])
]
Rooms = Annotated[int, Meta(ge=1, le=50, examples=[1])]
Guests = Annotated[int, Meta(ge=1, le=200, examples=[2])]
Beds = Annotated[int, Meta(ge=1, le=20, description="Guests that fit in a room.", examples=[2])]
WallTime = Annotated[
    time,
    Meta(
        tz=False,
        description="Wall time there.",
        examples=["15:00:00"],
        extra_json_schema={"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"},
    ),
]

ROOMS = {
    "name": "Double room, sea view",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "hotel",
        "beds": 2,
        "check_in_from": "15:00:00",
        "check_out_by": "11:00:00",
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
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (NoBeds,)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (BadStay, EmptyRooms, TooManyGuests, InThePast)


class RoomTypeInput(Input, frozen=True, tag_field="kind", tag="hotel"):
    beds: Beds
    check_in_from: WallTime = time(15)
    check_out_by: WallTime = time(11)

    def offering(self) -> RoomType:
        return RoomType(
            beds=self.beds, check_in_from=self.check_in_from, check_out_by=self.check_out_by
        )


class RoomTypeBody(Output, frozen=True, tag_field="kind", tag="hotel"):
    SHOWS: ClassVar = RoomType

    beds: Beds
    check_in_from: WallTime
    check_out_by: WallTime

    @classmethod
    def of(cls, room_type: RoomType) -> "RoomTypeBody":
        return cls(
            beds=room_type.beds,
            check_in_from=room_type.check_in_from,
            check_out_by=room_type.check_out_by,
        )


class HotelRequestInput(
    RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="hotel"
):
    check_in: CheckIn
    check_out: CheckOut
    rooms: Rooms
    guests: Guests

    def request(self) -> HotelBookingRequest:
        return HotelBookingRequest(
            **self.common(),
            check_in=self.check_in,
            check_out=self.check_out,
            rooms=self.rooms,
            guests=self.guests,
        )


class HotelRequestBody(Output, frozen=True, tag_field="kind", tag="hotel"):
    SHOWS: ClassVar = HotelBookingRequest

    check_in: CheckIn
    check_out: CheckOut
    rooms: Rooms
    guests: Guests

    @classmethod
    def of(cls, request: HotelBookingRequest) -> "HotelRequestBody":
        return cls(
            check_in=request.check_in,
            check_out=request.check_out,
            rooms=request.rooms,
            guests=request.guests,
        )
