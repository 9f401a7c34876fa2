"""Who came to a session, when, and for how long."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.bookings.attendance_events import AttendanceRecorded
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, ResourceId
from domain.kernel.refusals import Conflict, Invalid, NotFound

ATTENDING = (
    BookingState.CONFIRMED,
    BookingState.IN_PROGRESS,
    BookingState.COMPLETED,
    BookingState.NO_SHOW,
)


@attrs.frozen
class NotAttending(NotFound):
    code: ClassVar[str] = "not_attending"
    booking_id: BookingId
    number: int

    def __str__(self) -> str:
        return f"booking {self.booking_id} brings no attendee {self.number} to this session"


@attrs.frozen
class MarkedTwice(Invalid):
    code: ClassVar[str] = "marked_twice"
    field: ClassVar[str] = "marks"

    def __str__(self) -> str:
        return "everybody is marked once at a time"


@attrs.frozen
class NotCheckedIn(Conflict):
    code: ClassVar[str] = "not_checked_in"
    booking_id: BookingId
    number: int

    def __str__(self) -> str:
        return f"attendee {self.number} of booking {self.booking_id} has not checked in"


class AttendeePresence(Enum):
    PRESENT = "present"
    LATE = "late"
    PARTIAL = "partial"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def took_part(self) -> bool:
        return self in (AttendeePresence.PRESENT, AttendeePresence.LATE, AttendeePresence.PARTIAL)


@attrs.frozen
class Place:
    """The attendees of a booking are numbered from 1, in the order in which it names them."""

    booking_id: BookingId
    number: int


@attrs.frozen(kw_only=True)
class Mark:
    """`earned` overrules whether presence is enough for a certificate."""

    place: Place
    presence: AttendeePresence
    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    earned: bool | None = None

    @property
    def eligible(self) -> bool:
        """For a certificate: whoever was there from beginning to end, unless somebody objects."""
        if self.earned is not None:
            return self.earned
        return self.presence in (AttendeePresence.PRESENT, AttendeePresence.LATE)


@attrs.frozen(kw_only=True)
class Attendance:
    """The list of one session. Whoever is not on it has not been marked yet."""

    ON_TIME: ClassVar[timedelta] = timedelta(minutes=10)

    resource_id: ResourceId
    marks: tuple[Mark, ...] = ()
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def by_place(self) -> Mapping[Place, Mark]:
        return {mark.place: mark for mark in self.marks}

    def mark(
        self, marks: Sequence[Mark], attending: Sequence[Booking], *, now: datetime
    ) -> "Attendance":
        """Raises MarkedTwice and NotAttending. When somebody came and went stays as it was."""
        if len({mark.place for mark in marks}) < len(marks):
            raise MarkedTwice
        bookings = {booking.id: booking for booking in attending}
        for mark in marks:
            _must_attend(mark.place, bookings.get(mark.place.booking_id))
        known = self.by_place
        return self._with([_with_times(mark, known.get(mark.place)) for mark in marks], now=now)

    def check_in(self, place: Place, booking: Booking, *, now: datetime) -> "Attendance":
        """The first time counts. Whoever was marked as there keeps that mark."""
        _must_attend(place, booking)
        known = self.by_place.get(place)
        if known is not None and known.checked_in_at is not None:
            return self
        late = now > booking.starts_at + self.ON_TIME
        presence = AttendeePresence.LATE if late else AttendeePresence.PRESENT
        if known is not None and known.presence.took_part:
            presence = known.presence
        earned = None if known is None else known.earned
        come = Mark(place=place, presence=presence, checked_in_at=now, earned=earned)
        return self._with([come], now=now)

    def check_out(self, place: Place, *, now: datetime) -> "Attendance":
        """The last time counts. Raises NotCheckedIn."""
        known = self.by_place.get(place)
        if known is None or known.checked_in_at is None:
            raise NotCheckedIn(place.booking_id, place.number)
        return self._with([attrs.evolve(known, checked_out_at=now)], now=now)

    def _with(self, marks: Sequence[Mark], *, now: datetime) -> "Attendance":
        recorded = AttendanceRecorded(
            resource_id=self.resource_id, marks=len(marks), occurred_at=now
        )
        together = {**self.by_place, **{mark.place: mark for mark in marks}}
        return attrs.evolve(self, marks=tuple(together.values()), events=(*self.events, recorded))


def bookings_begun(
    marks: Sequence[Mark], attending: Sequence[Booking], *, now: datetime
) -> list[Booking]:
    """Confirmed bookings of which somebody is there: in progress from now on."""
    there = {mark.place.booking_id for mark in marks if mark.presence.took_part}
    return [
        booking.check_in(now=now)
        for booking in attending
        if booking.id in there and booking.state is BookingState.CONFIRMED
    ]


def _must_attend(place: Place, booking: Booking | None) -> None:
    people = () if booking is None else booking.agreement.request.participants
    live = booking is not None and booking.state in ATTENDING
    if not (live and 1 <= place.number <= len(people)):
        raise NotAttending(place.booking_id, place.number)


def _with_times(mark: Mark, known: Mark | None) -> Mark:
    if known is None:
        return mark
    return attrs.evolve(
        mark, checked_in_at=known.checked_in_at, checked_out_at=known.checked_out_at
    )
