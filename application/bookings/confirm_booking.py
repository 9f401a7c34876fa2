"""Confirm a held booking: its units are the customer's for good."""

from datetime import datetime

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.life import HoldPurpose
from domain.bookings.yeses import Sensitive


@attrs.frozen(kw_only=True)
class ConfirmBooking(BookingStep):
    """Keep the units for good."""


@attrs.frozen(kw_only=True)
class ConfirmBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ConfirmBooking, /) -> Booking:
        def confirm(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            work.yeses.must_cover(Sensitive.BOOK, [booking.id])
            return confirm_alone(work, booking, now=self.clock())

        return await self.unit_of_work(command.actor, confirm, once=command.once)


def confirm_alone(work: BookingWork, booking: Booking, *, now: datetime) -> Booking:
    """Raises HeldTogether for one of an itinerary."""
    booking.must_be_held_alone()
    confirmed = work.bookings.save(booking.confirm(now=now))
    if booking.purpose is HoldPurpose.OFFER:
        for entry in work.waiting.of_offers([booking.id]):
            work.waiting.save(entry.accept(now=now))
    return confirmed
