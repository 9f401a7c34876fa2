"""Check a customer in: what was confirmed has begun."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class CheckInBooking(BookingStep):
    """Somebody is there."""


@attrs.frozen(kw_only=True)
class CheckInBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CheckInBooking, /) -> Booking:
        def check_in(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            return work.bookings.save(
                booking.check_in(now=self.clock(), boarding=_boarding(work, booking))
            )

        return await self.unit_of_work(command.actor, check_in, once=command.once)


def _boarding(work: BookingWork, booking: Booking) -> tuple[int, ...]:
    """Numbers of the flight, under whatever name it was sold."""
    request = booking.agreement.request
    if not request.boarding:
        return ()
    flight = work.resources.get(request.resource_id).stock
    return tuple(work.boarding.next_numbers(flight, booking.id, how_many=request.boarding))
