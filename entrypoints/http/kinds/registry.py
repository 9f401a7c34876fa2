"""The kinds of booking that the API speaks. A new kind adds one member to each union."""

from typing import Any, get_args

from domain.bookings.requests import BaseBookingRequest
from domain.kernel.offerings import Offering
from entrypoints.http.kinds import car, hotel, training
from entrypoints.http.kinds.car import (
    CarClassBody,
    CarClassInput,
    CarRequestBody,
    CarRequestInput,
)
from entrypoints.http.kinds.hotel import (
    HotelRequestBody,
    HotelRequestInput,
    RoomTypeBody,
    RoomTypeInput,
)
from entrypoints.http.kinds.training import (
    CourseSessionBody,
    CourseSessionInput,
    TrainingRequestBody,
    TrainingRequestInput,
)

OfferingInput = CarClassInput | RoomTypeInput | CourseSessionInput
OfferingBody = CarClassBody | RoomTypeBody | CourseSessionBody
RequestInput = CarRequestInput | HotelRequestInput | TrainingRequestInput
RequestBody = CarRequestBody | HotelRequestBody | TrainingRequestBody

RESOURCE_EXAMPLES = {"cars": car.CARS, "rooms": hotel.ROOMS, "course session": training.SESSION}
REQUEST_EXAMPLES = {"rental": car.RENTAL, "stay": hotel.STAY, "seats": training.SEATS}

OFFERING_REFUSALS = car.OFFERING_REFUSALS + hotel.OFFERING_REFUSALS + training.OFFERING_REFUSALS
OPENING_REFUSALS = car.OPENING_REFUSALS + hotel.OPENING_REFUSALS + training.OPENING_REFUSALS
REQUEST_REFUSALS = car.REQUEST_REFUSALS + hotel.REQUEST_REFUSALS + training.REQUEST_REFUSALS


def _by_what_they_show(union: Any) -> dict[type, Any]:
    return {body.SHOWS: body for body in get_args(union)}


_OFFERINGS = _by_what_they_show(OfferingBody)
_REQUESTS = _by_what_they_show(RequestBody)


def offering_body(offering: Offering) -> OfferingBody:
    body: OfferingBody = _OFFERINGS[type(offering)].of(offering)
    return body


def request_body(request: BaseBookingRequest) -> RequestBody:
    body: RequestBody = _REQUESTS[type(request)].of(request)
    return body
