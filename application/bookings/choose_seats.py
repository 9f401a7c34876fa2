"""Choose the seats of a flight, or others, after it was booked."""

import attrs

from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.amending import amended
from domain.bookings.booking import Booking
from domain.bookings.flight import NotAFlight
from domain.bookings.flight_request import FlightBookingRequest


@attrs.frozen(kw_only=True)
class ChooseSeats(BookingStep):
    """A seat for each passenger, in their order, or None for those who leave it open."""

    seats: tuple[str | None, ...]


@attrs.frozen(kw_only=True)
class ChooseSeatsHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: ChooseSeats, /) -> Booking:
        """Raises AlreadyTaken, and then everybody keeps the seat they had."""

        def choose(work: BookingWork) -> Booking:
            booking, now = work.bookings.get(command.booking_id), self.clock()
            require_version(booking.version, command.version)
            request = booking.agreement.request
            if not isinstance(request, FlightBookingRequest):
                raise NotAFlight(request.resource_id)
            resource = work.resources.get(request.resource_id)
            chosen = request.seated(command.seats)
            drawn = attrs.evolve(chosen, resource_id=resource.stock)
            agreement = attrs.evolve(
                booking.agreement, request=chosen, exclusives=drawn.exclusives(resource.offering)
            )
            saved = work.bookings.save(amended(booking, agreement, now=now))
            self.freeing.swap(work, booking, saved)
            return saved

        return await self.unit_of_work(command.actor, choose, once=command.once)
