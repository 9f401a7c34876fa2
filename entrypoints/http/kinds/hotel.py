"""Hotel rooms and stays in JSON."""

from datetime import date, time
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.hotel import HotelBookingRequest, RoomType
from domain.kernel.identifiers import ResourceId
from entrypoints.http.shapes import ContactInput, Identifier, Input, Output

CheckIn = Annotated[date, Meta(description="A date at the hotel.", examples=["2027-05-14"])]
CheckOut = Annotated[
    date, Meta(description="The morning after the last night.", examples=["2027-05-17"])
]
Rooms = Annotated[int, Meta(ge=1, le=50, examples=[1])]
Guests = Annotated[int, Meta(ge=1, le=200, examples=[2])]
Beds = Annotated[int, Meta(ge=1, le=20, description="Guests that fit in a room.", examples=[2])]
WallTime = Annotated[time, Meta(tz=False, description="Wall time there.", examples=["15:00:00"])]


class RoomTypeInput(Input, tag_field="kind", tag="hotel"):
    beds: Beds
    check_in_from: WallTime = time(15)
    check_out_by: WallTime = time(11)

    def offering(self) -> RoomType:
        return RoomType(
            beds=self.beds, check_in_from=self.check_in_from, check_out_by=self.check_out_by
        )


class RoomTypeBody(Output, tag_field="kind", tag="hotel"):
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


class HotelRequestInput(Input, tag_field="kind", tag="hotel"):
    resource_id: Identifier
    contact: ContactInput
    check_in: CheckIn
    check_out: CheckOut
    rooms: Rooms
    guests: Guests

    def request(self) -> HotelBookingRequest:
        return HotelBookingRequest(
            resource_id=ResourceId(self.resource_id),
            contact=self.contact.contact(),
            check_in=self.check_in,
            check_out=self.check_out,
            rooms=self.rooms,
            guests=self.guests,
        )


class HotelRequestBody(Output, tag_field="kind", tag="hotel"):
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
