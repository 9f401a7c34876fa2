"""Routes of flights: how they come along, and who sits where."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.choose_seats import ChooseSeats
from application.bookings.update_flight import UpdateFlight
from application.kernel.ports import UseCase
from domain.bookings.booking import Booking
from domain.bookings.flight import NotAFlight
from domain.bookings.flight_progress import (
    ArrivalBeforeDeparture,
    ArrivalWithoutDeparture,
    FlightCannotBecome,
    FlightProgress,
    FlightStatus,
    TimesDoNotMatch,
)
from domain.bookings.flight_refusals import NoSuchSeat, SeatChosenTwice, SeatForEach
from domain.bookings.life import AlreadyStarted, NoLongerOpen
from domain.inventory.pools import AlreadyTaken
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_steps import step, take_with
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.kinds.flight import LARGEST_GROUP, Seat
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.resource_shapes import ResourceBody
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Input, Moment, sensible

AnyRequest = Request[Any, Any, Any]


class StatusInput(Input, frozen=True):
    """All that is known by now: estimates that are left out are withdrawn."""

    status: FlightStatus
    estimated_departure: Moment | None = None
    estimated_arrival: Moment | None = None
    actual_departure: Moment | None = None
    actual_arrival: Moment | None = None

    def progress(self) -> FlightProgress:
        """Raises FarOff and what contradicts itself."""
        return FlightProgress(
            status=self.status,
            estimated_departure=sensible(self.estimated_departure),
            estimated_arrival=sensible(self.estimated_arrival),
            actual_departure=sensible(self.actual_departure),
            actual_arrival=sensible(self.actual_arrival),
        )


class SeatsInput(Input, frozen=True):
    """In the order of the passengers; null leaves the seat open."""

    seats: Annotated[tuple[Seat | None, ...], Meta(min_length=1, max_length=LARGEST_GROUP)]


STATUS: Body[StatusInput] = Body(
    StatusInput,
    examples={
        "delay": {"status": "delayed", "estimated_departure": "2027-03-04T10:15:00Z"},
        "departure": {"status": "departed", "actual_departure": "2027-03-04T10:21:00Z"},
    },
)
SEATS: Body[SeatsInput] = Body(SeatsInput, examples={"seats": {"seats": ["12A", None]}})


@put(
    "/v1/flights/{resource_id:uuid}/status",
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IF_MATCH,),
        body=STATUS,
        shows=ResourceBody,
        refuses=(
            ResourceNotFound,
            NotAFlight,
            FlightCannotBecome,
            ArrivalWithoutDeparture,
            ArrivalBeforeDeparture,
            TimesDoNotMatch,
            FarOff,
        ),
    ).opt,
)
async def update_flight(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    update_flight: NamedDependency[SkipValidation[UseCase[UpdateFlight, Resource]]],
) -> Response[bytes]:
    """Say how a flight comes along.

    A flight is not cancelled here: that takes its bookings with it.
    """
    data = await STATUS.of(request)
    resource = await update_flight(
        UpdateFlight(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            version=seen_version(request),
            progress=data.progress(),
        )
    )
    return respond(answer(ResourceBody.of(resource), version=resource.version))


@post(
    "/v1/bookings/{booking_id:uuid}/seats",
    status_code=200,
    opt=step(
        NotAFlight,
        NoLongerOpen,
        AlreadyStarted,
        SeatForEach,
        NoSuchSeat,
        SeatChosenTwice,
        AlreadyTaken,
        body=SEATS,
    ),
)
async def choose_seats(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    choose_seats: NamedDependency[SkipValidation[UseCase[ChooseSeats, Booking]]],
) -> Response[bytes]:
    """Choose seats, or others; if one of them is taken, everybody keeps the seat they had."""
    data = await SEATS.of(request)
    return await take_with(ChooseSeats, request, booking_id, choose_seats, seats=data.seats)


router = Router("/", route_handlers=[update_flight, choose_seats])
