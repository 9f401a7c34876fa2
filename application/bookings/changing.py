"""What a kind of booking says to a change, of which both ends have to be known."""

from datetime import datetime

from application.bookings.ports import BookingWork
from domain.bookings.booking import Booking
from domain.bookings.requests import BaseBookingRequest


def must_be_allowed(
    work: BookingWork, booking: Booking, request: BaseBookingRequest, *, now: datetime
) -> None:
    """Raises what the kind of booking refuses."""
    before = booking.agreement.request
    offered = work.resources.get(before.resource_id).offering
    moves = request.resource_id != before.resource_id
    before.may_become(
        request,
        offering_before=offered,
        offering_after=work.resources.get(request.resource_id).offering if moves else offered,
        now=now,
    )


def carried_over(
    work: BookingWork, booking: Booking, request: BaseBookingRequest
) -> BaseBookingRequest:
    """The request with what of the booking goes with it: seats that are free there as well."""
    had = booking.agreement.exclusives
    if not had:
        return request
    resource = work.resources.get(request.resource_id)
    taken = set(work.inventory.taken_exclusively(resource.stock)) - set(had)
    return booking.agreement.request.carried_over(
        request, offering_after=resource.offering, taken=taken
    )
