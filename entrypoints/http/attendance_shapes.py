"""Attendance and special requirements of a session in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.bookings.attendance_views import AttendanceList, Attending, Need, NeedsOfSession
from domain.bookings.attendance import AttendeePresence, Mark, Place
from domain.bookings.attendees import Attendee
from domain.bookings.special_requirements import Priority, RequirementCategory
from domain.kernel.identifiers import BookingId
from entrypoints.http.booking_shapes import Reference
from entrypoints.http.kinds.attendees import RequirementText
from entrypoints.http.shapes import (
    LAST_VERSION,
    Email,
    Identifier,
    Input,
    Moment,
    Output,
    PersonName,
)

LONGEST_LIST = 10_000
MOST_MARKS = 1000

Number = Annotated[
    int, Meta(ge=1, le=1000, description="Of the booking's attendees, from 1.", examples=[1])
]
ListVersion = Annotated[int, Meta(ge=0, le=LAST_VERSION, description="0 without marks.")]
Percent = Annotated[int, Meta(ge=0, le=100, examples=[92])]

MARKS = {
    "marks": [
        {
            "booking_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "number": 1,
            "presence": "present",
        },
        {
            "booking_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "number": 2,
            "presence": "partial",
            "earned": True,
        },
    ]
}


class MarkInput(Input, frozen=True):
    """`earned` overrules whether presence is enough for a certificate."""

    booking_id: Identifier
    number: Number
    presence: AttendeePresence
    earned: bool | None = None

    def mark(self) -> Mark:
        place = Place(BookingId(self.booking_id), self.number)
        return Mark(place=place, presence=self.presence, earned=self.earned)


class AttendanceInput(Input, frozen=True):
    marks: Annotated[tuple[MarkInput, ...], Meta(min_length=1, max_length=MOST_MARKS)]


class AttendingBody(Output, frozen=True):
    """`presence` is null until somebody is marked."""

    booking_id: Identifier
    number: Number
    reference: Reference
    name: PersonName
    email: Email | None
    presence: AttendeePresence | None
    checked_in_at: Moment | None
    checked_out_at: Moment | None
    eligible_for_certificate: bool

    @classmethod
    def of(cls, one: Attending) -> "AttendingBody":
        return cls(
            booking_id=one.place.booking_id,
            number=one.place.number,
            reference=one.reference,
            name=one.attendee.name,
            email=one.attendee.email,
            presence=one.presence,
            checked_in_at=one.checked_in_at,
            checked_out_at=one.checked_out_at,
            eligible_for_certificate=one.eligible,
        )


class AttendanceBody(Output, frozen=True):
    """`attended_percent` is of those who were not excused; null where nobody is expected."""

    resource_id: Identifier
    version: ListVersion
    attended_percent: Percent | None
    people: Annotated[Sequence[AttendingBody], Meta(max_length=LONGEST_LIST)]

    @classmethod
    def of(cls, found: AttendanceList) -> "AttendanceBody":
        return cls(
            resource_id=found.resource_id,
            version=found.version,
            attended_percent=found.attended_percent,
            people=[AttendingBody.of(one) for one in found.people],
        )


class NeedBody(Output, frozen=True):
    booking_id: Identifier
    number: Number
    reference: Reference
    name: PersonName
    category: RequirementCategory
    priority: Priority
    confidential: bool
    text: RequirementText

    @classmethod
    def of(cls, need: Need) -> "NeedBody":
        return cls(
            booking_id=need.place.booking_id,
            number=need.place.number,
            reference=need.reference,
            name=need.name,
            category=need.requirement.category,
            priority=need.requirement.priority,
            confidential=need.requirement.confidential,
            text=need.requirement.text,
        )


class NeedsBody(Output, frozen=True):
    items: Annotated[
        Sequence[NeedBody], Meta(max_length=LONGEST_LIST * Attendee.MOST_REQUIREMENTS)
    ]
    withheld: Annotated[int, Meta(ge=0, le=LONGEST_LIST * Attendee.MOST_REQUIREMENTS)]

    @classmethod
    def of(cls, found: NeedsOfSession) -> "NeedsBody":
        return cls(items=[NeedBody.of(need) for need in found.needs], withheld=found.withheld)
