"""The kinds of booking that the API speaks. A new kind adds one member to each union."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, get_args

from domain.bookings.requests import BaseBookingRequest, KindFixed
from domain.kernel.offerings import Offering
from domain.kernel.refusals import Refusal
from entrypoints.http.kinds import car, excursion, flight, hotel, training
from entrypoints.http.kinds.car import (
    CarClassBody,
    CarClassInput,
    CarRequestBody,
    CarRequestInput,
)
from entrypoints.http.kinds.every_request import DISCOUNT_REFUSALS
from entrypoints.http.kinds.excursion import (
    ExcursionBody,
    ExcursionInput,
    ExcursionRequestBody,
    ExcursionRequestInput,
)
from entrypoints.http.kinds.flight import (
    FlightBody,
    FlightInput,
    FlightRequestBody,
    FlightRequestInput,
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

OfferingInput = CarClassInput | ExcursionInput | FlightInput | RoomTypeInput | CourseSessionInput
OfferingBody = CarClassBody | ExcursionBody | FlightBody | RoomTypeBody | CourseSessionBody
RequestInput = (
    CarRequestInput
    | ExcursionRequestInput
    | FlightRequestInput
    | HotelRequestInput
    | TrainingRequestInput
)
RequestBody = (
    CarRequestBody
    | ExcursionRequestBody
    | FlightRequestBody
    | HotelRequestBody
    | TrainingRequestBody
)

KINDS = (car, excursion, flight, hotel, training)

RESOURCE_EXAMPLES = {
    "cars": car.CARS,
    "excursion": excursion.EXCURSION,
    "flight": flight.FLIGHT,
    "rooms": hotel.ROOMS,
    "course session": training.SESSION,
}
REQUEST_EXAMPLES = {
    "rental": car.RENTAL,
    "party": excursion.PARTY,
    "segment": flight.SEGMENT,
    "stay": hotel.STAY,
    "seats": training.SEATS,
}


def _each_once(refusals: Iterable[type[Refusal]]) -> tuple[type[Refusal], ...]:
    return tuple(dict.fromkeys(refusals))


OFFERING_REFUSALS = _each_once(chain.from_iterable(kind.OFFERING_REFUSALS for kind in KINDS))
OPENING_REFUSALS = _each_once(chain.from_iterable(kind.OPENING_REFUSALS for kind in KINDS))
REQUEST_REFUSALS = _each_once(chain(DISCOUNT_REFUSALS, *(kind.REQUEST_REFUSALS for kind in KINDS)))
# What a change of a booking may be refused for, beside what its new request is.
CHANGE_REFUSALS: tuple[type[Refusal], ...] = (KindFixed, *flight.CHANGE_REFUSALS)


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
