"""Routes of which single units a booking gets."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.assign_units import AssignUnits
from application.bookings.release_units import ReleaseUnits
from application.bookings.views import BookingViews
from application.inventory.unit_views import ClaimedUnit, UnitViews
from application.kernel.ports import UseCase
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound, NotConfirmed
from domain.bookings.units import UnitOfAnother, UnitsAreSold, WrongNumberOfUnits
from domain.inventory.units import NoUnitFree, UnitNotFound, UnitTaken
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId, UnitId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_steps import step, take, take_with
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input, Moment, Output, UnitLabel

AnyRequest = Request[Any, Any, Any]

MOST_UNITS = 50


class UnitsInput(Input, frozen=True):
    """None for any that are free."""

    unit_ids: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_UNITS)] = ()


class ClaimedUnitBody(Output, frozen=True):
    unit_id: Identifier
    label: UnitLabel
    starts_at: Moment
    ends_at: Moment

    @classmethod
    def of(cls, claimed: ClaimedUnit) -> "ClaimedUnitBody":
        return cls(
            unit_id=claimed.unit_id,
            label=claimed.label,
            starts_at=claimed.starts_at,
            ends_at=claimed.ends_at,
        )


class ClaimedUnits(Output, frozen=True):
    items: Annotated[Sequence[ClaimedUnitBody], Meta(max_length=MOST_UNITS)]


UNITS: Body[UnitsInput] = Body(
    UnitsInput,
    examples={"any": {}, "this": {"unit_ids": ["01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"]}},
)


@post(
    "/v1/bookings/{booking_id:uuid}/units",
    status_code=200,
    opt=step(
        NotConfirmed,
        NoUnitFree,
        UnitTaken,
        UnitNotFound,
        UnitOfAnother,
        WrongNumberOfUnits,
        body=UNITS,
    ),
)
async def assign_units(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    assign_units: NamedDependency[SkipValidation[UseCase[AssignUnits, Booking]]],
) -> Response[bytes]:
    """Decide which car or rooms a booking gets: those named, or any that are free.

    What it has had before is given back.
    """
    data = await UNITS.of(request)
    ids = tuple(UnitId(unit_id) for unit_id in data.unit_ids)
    return await take_with(AssignUnits, request, booking_id, assign_units, unit_ids=ids)


@post(
    "/v1/bookings/{booking_id:uuid}/units/release",
    status_code=200,
    opt=step(NotConfirmed, UnitsAreSold),
)
async def release_units(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    release_units: NamedDependency[SkipValidation[UseCase[ReleaseUnits, Booking]]],
) -> Response[bytes]:
    """Leave open again which car or rooms a booking gets."""
    return await take(ReleaseUnits, request, booking_id, release_units)


@get(
    "/v1/bookings/{booking_id:uuid}/units",
    opt=Operation(
        tag="units",
        needs=Permission.READ_BOOKINGS,
        shows=ClaimedUnits,
        refuses=(BookingNotFound,),
    ).opt,
)
async def list_units_of_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    unit_views: NamedDependency[SkipValidation[UnitViews]],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
) -> Response[bytes]:
    """The single units that are kept for a booking, with what they need in between."""
    booking = await booking_views.booking(actor_of(request), BookingId(booking_id))
    claimed = await unit_views.claimed(actor_of(request), booking.hold_id)
    return respond(answer(ClaimedUnits(items=[ClaimedUnitBody.of(one) for one in claimed])))


router = Router("/", route_handlers=[assign_units, release_units, list_units_of_booking])
