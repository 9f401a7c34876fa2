"""The route of who flies."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.flight_views import FlightViews, Travelling
from domain.bookings.flight import Flight, NotAFlight
from domain.bookings.life import BookingState
from domain.bookings.seat_maps import FareClass
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_shapes import Reference
from entrypoints.http.kinds.flight import PassengerBody
from entrypoints.http.operations import Operation
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Output

AnyRequest = Request[Any, Any, Any]

# An airline may sell more seats than there are.
MOST_PASSENGERS = 2 * Flight.MOST_SEATS


class TravellingBody(Output, frozen=True):
    booking_id: Identifier
    reference: Reference
    state: BookingState
    fare_class: FareClass
    passenger: PassengerBody

    @classmethod
    def of(cls, one: Travelling) -> "TravellingBody":
        return cls(
            booking_id=one.booking_id,
            reference=one.reference,
            state=one.state,
            fare_class=one.fare_class,
            passenger=PassengerBody.of(one.passenger),
        )


class PassengerList(Output, frozen=True):
    """Whoever has checked in has a boarding number; their booking is `in_progress`."""

    passengers: Annotated[Sequence[TravellingBody], Meta(max_length=MOST_PASSENGERS)]


@get(
    "/v1/flights/{resource_id:uuid}/passengers",
    opt=Operation(
        tag="bookings",
        needs=Permission.READ_PARTICIPANTS,
        shows=PassengerList,
        refuses=(ResourceNotFound, NotAFlight),
    ).opt,
)
async def list_passengers(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    flight_views: NamedDependency[SkipValidation[FlightViews]],
) -> Response[bytes]:
    """Who flies: passengers of bookings that were confirmed and not cancelled since."""
    found = await flight_views.passengers(actor_of(request), ResourceId(resource_id))
    return respond(answer(PassengerList(passengers=[TravellingBody.of(one) for one in found])))


router = Router("/", route_handlers=[list_passengers])
