"""Somebody comes through the door, or leaves."""

import attrs

from application.bookings.attendance_views import Attending
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.attendance import Attendance, NotAttending, Place, bookings_begun
from domain.bookings.booking import Booking
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class AttendeeAtDoor:
    actor: Actor
    resource_id: ResourceId
    place: Place
    once: Once[Attending] | None = None


@attrs.frozen(kw_only=True)
class CheckInAttendee(AttendeeAtDoor):
    """Somebody is there."""


@attrs.frozen(kw_only=True)
class CheckOutAttendee(AttendeeAtDoor):
    """Somebody has gone."""


@attrs.frozen(kw_only=True)
class CheckInAttendeeHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CheckInAttendee, /) -> Attending:
        def check_in(work: BookingWork) -> Attending:
            now, booking = self.clock(), _booking(work, command)
            known = work.attendance.of(command.resource_id)
            come = known.check_in(command.place, booking, now=now)
            for begun in bookings_begun([come.by_place[command.place]], [booking], now=now):
                work.bookings.save(begun)
            if come is not known:
                work.attendance.save(come)
            return _shown(come, command, booking)

        return await self.unit_of_work(command.actor, check_in, once=command.once)


@attrs.frozen(kw_only=True)
class CheckOutAttendeeHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CheckOutAttendee, /) -> Attending:
        def check_out(work: BookingWork) -> Attending:
            booking = _booking(work, command)
            known = work.attendance.of(command.resource_id)
            gone = known.check_out(command.place, now=self.clock())
            work.attendance.save(gone)
            return _shown(gone, command, booking)

        return await self.unit_of_work(command.actor, check_out, once=command.once)


def _booking(work: BookingWork, command: AttendeeAtDoor) -> Booking:
    """Raises BookingNotFound, and NotAttending for a booking of something else."""
    booking = work.bookings.get(command.place.booking_id)
    people = booking.agreement.request.participants
    elsewhere = booking.agreement.request.resource_id != command.resource_id
    if elsewhere or not 1 <= command.place.number <= len(people):
        raise NotAttending(command.place.booking_id, command.place.number)
    return booking


def _shown(attendance: Attendance, command: AttendeeAtDoor, booking: Booking) -> Attending:
    return Attending(
        place=command.place,
        reference=booking.reference.text,
        attendee=booking.agreement.request.participants[command.place.number - 1],
        mark=attendance.by_place[command.place],
    )
