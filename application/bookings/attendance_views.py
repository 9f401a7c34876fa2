"""Lists of a session: who is expected, who came, and what they need."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from domain.bookings.attendance import Attendance, AttendeePresence, Mark, Place
from domain.bookings.attendees import Attendee
from domain.bookings.booking import Booking
from domain.bookings.special_requirements import MOST_URGENT_FIRST, SpecialRequirement
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class Attending:
    """Somebody on the list; without a presence, nobody has marked them yet."""

    place: Place
    reference: str
    attendee: Attendee
    mark: Mark | None

    @property
    def presence(self) -> AttendeePresence | None:
        return None if self.mark is None else self.mark.presence

    @property
    def checked_in_at(self) -> datetime | None:
        return None if self.mark is None else self.mark.checked_in_at

    @property
    def checked_out_at(self) -> datetime | None:
        return None if self.mark is None else self.mark.checked_out_at

    @property
    def eligible(self) -> bool:
        return self.mark is not None and self.mark.eligible


@attrs.frozen(kw_only=True)
class AttendanceList:
    resource_id: ResourceId
    version: int
    people: Sequence[Attending]

    @property
    def attended_percent(self) -> int | None:
        """Of those who were expected and not excused; None where nobody was."""
        expected = [one for one in self.people if one.presence is not AttendeePresence.EXCUSED]
        came = sum(one.presence is not None and one.presence.took_part for one in expected)
        return 100 * came // len(expected) if expected else None


@attrs.frozen(kw_only=True)
class Need:
    place: Place
    reference: str
    name: str
    requirement: SpecialRequirement


@attrs.frozen(kw_only=True)
class NeedsOfSession:
    """`withheld` says how many confidential ones there are beside those shown."""

    needs: Sequence[Need]
    withheld: int


class AttendanceViews(Protocol):
    async def attendance(self, actor: Actor, resource_id: ResourceId) -> AttendanceList:
        """Raises ResourceNotFound."""
        ...

    async def needs(self, actor: Actor, resource_id: ResourceId) -> NeedsOfSession:
        """Most urgent first; what is confidential only for those who may see it.

        Raises ResourceNotFound.
        """
        ...


def listed(attendance: Attendance, bookings: Sequence[Booking]) -> AttendanceList:
    marks = attendance.by_place
    return AttendanceList(
        resource_id=attendance.resource_id,
        version=attendance.version,
        people=[
            Attending(place=place, reference=reference, attendee=attendee, mark=marks.get(place))
            for place, reference, attendee in _people(bookings)
        ],
    )


def needs_of(bookings: Sequence[Booking], actor: Actor) -> NeedsOfSession:
    found = [
        Need(place=place, reference=reference, name=attendee.name, requirement=requirement)
        for place, reference, attendee in _people(bookings)
        for requirement in attendee.special_requirements
    ]
    trusted = Permission.READ_CONFIDENTIAL in actor.permissions
    shown = [need for need in found if trusted or not need.requirement.confidential]
    shown.sort(key=lambda need: MOST_URGENT_FIRST.index(need.requirement.priority))
    return NeedsOfSession(needs=shown, withheld=len(found) - len(shown))


def _people(bookings: Sequence[Booking]) -> Sequence[tuple[Place, str, Attendee]]:
    return [
        (Place(booking.id, number), booking.reference.text, attendee)
        for booking in bookings
        for number, attendee in enumerate(booking.agreement.request.participants, 1)
    ]
