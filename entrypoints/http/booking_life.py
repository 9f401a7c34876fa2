"""Routes of what happens to a booking: approved or declined, checked in, completed, not shown."""

from uuid import UUID

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.approve_booking import ApproveBooking
from application.bookings.check_in_booking import CheckInBooking
from application.bookings.complete_booking import CompleteBooking
from application.bookings.decline_booking import DeclineBooking
from application.bookings.mark_no_show import MarkNoShow
from application.kernel.ports import UseCase
from domain.bookings.booking import Booking
from domain.bookings.life import (
    HoldExpired,
    NotConfirmed,
    NotHeld,
    NothingToApprove,
    NotInProgress,
    NotStarted,
)
from entrypoints.http.booking_steps import AnyRequest, step, take


@post(
    "/v1/bookings/{booking_id:uuid}/approve",
    status_code=200,
    opt=step(NotHeld, HoldExpired, NothingToApprove, then=("confirm_booking",)),
)
async def approve_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    approve_booking: NamedDependency[SkipValidation[UseCase[ApproveBooking, Booking]]],
) -> Response[bytes]:
    """Grant what was asked for.

    From now on the hold waits for payment, until `expires_at`; the customer is told so.
    """
    return await take(ApproveBooking, request, booking_id, approve_booking)


@post(
    "/v1/bookings/{booking_id:uuid}/decline",
    status_code=200,
    opt=step(NotHeld, HoldExpired, NothingToApprove),
)
async def decline_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    decline_booking: NamedDependency[SkipValidation[UseCase[DeclineBooking, Booking]]],
) -> Response[bytes]:
    """Decline what was asked for; the units go back on sale and the customer is told."""
    return await take(DeclineBooking, request, booking_id, decline_booking)


@post(
    "/v1/bookings/{booking_id:uuid}/check-in",
    status_code=200,
    opt=step(NotConfirmed, NotStarted, then=("complete_booking",)),
)
async def check_in_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    check_in_booking: NamedDependency[SkipValidation[UseCase[CheckInBooking, Booking]]],
) -> Response[bytes]:
    """The customer is there; half a day before the start at the earliest."""
    return await take(CheckInBooking, request, booking_id, check_in_booking)


@post(
    "/v1/bookings/{booking_id:uuid}/complete",
    status_code=200,
    opt=step(NotInProgress),
)
async def complete_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    complete_booking: NamedDependency[SkipValidation[UseCase[CompleteBooking, Booking]]],
) -> Response[bytes]:
    """The customer has had it; without this, it is completed when its end has passed."""
    return await take(CompleteBooking, request, booking_id, complete_booking)


@post(
    "/v1/bookings/{booking_id:uuid}/no-show",
    status_code=200,
    opt=step(NotConfirmed, NotStarted),
)
async def mark_no_show(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    mark_no_show: NamedDependency[SkipValidation[UseCase[MarkNoShow, Booking]]],
) -> Response[bytes]:
    """Nobody came; nothing is given back."""
    return await take(MarkNoShow, request, booking_id, mark_no_show)


router = Router(
    "/",
    route_handlers=[
        approve_booking,
        decline_booking,
        check_in_booking,
        complete_booking,
        mark_no_show,
    ],
)
