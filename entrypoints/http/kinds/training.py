"""Course sessions and seats in JSON."""

from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.training import (
    BadAttendees,
    BadCourse,
    BadInstructorEmail,
    ClosesAfterStart,
    CourseSession,
    TrainingBookingRequest,
)
from domain.kernel.offerings import SoldWhole
from domain.kernel.periods import BadPeriod, Period
from domain.kernel.refusals import Refusal
from entrypoints.http.kinds.attendees import (
    ATTENDEE,
    ATTENDEE_REFUSALS,
    AttendeeBody,
    AttendeeInput,
    attendee_of,
)
from entrypoints.http.kinds.every_request import RequestBaseInput
from entrypoints.http.shapes import ONE_LINE, Email, Input, Moment, Output, PersonName

ClosesBefore = Annotated[
    int,
    Meta(
        ge=0,
        le=10_000,
        description="Hours before the start at which booking closes.",
        examples=[24],
    ),
]
Described = Annotated[
    str, Meta(pattern=f"^$|{ONE_LINE}", max_length=60, examples=["Paediatric first aid"])
]
Age = Annotated[int, Meta(ge=0, le=120, description="On the day.", examples=[16])]
Prerequisites = Annotated[
    tuple[Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=200)], ...],
    Meta(
        max_length=20,
        description="Certificates and whatever else everybody brings.",
        examples=[["First aid at work, not older than 3 years"]],
    ),
]
Participants = Annotated[
    int,
    Meta(ge=1, le=1000, description="With fewer, it may be cancelled.", examples=[4]),
]
Attendees = Annotated[
    tuple[PersonName | AttendeeInput, ...],
    Meta(
        min_length=1,
        max_length=TrainingBookingRequest.LARGEST_PARTY,
        description="Persons; of those of whom no more is known, the name is enough.",
    ),
]
ShownAttendees = Annotated[
    tuple[AttendeeBody, ...], Meta(max_length=TrainingBookingRequest.LARGEST_PARTY)
]

SESSION = {
    "name": "Paediatric first aid, 4 March 2027",
    "zone": "Europe/London",
    "offering": {
        "kind": "training",
        "starts_at": "2027-03-04T09:30:00Z",
        "ends_at": "2027-03-04T16:30:00Z",
        "closes_before_hours": 2,
        "course": "Paediatric first aid",
        "category": "first aid",
        "language": "en",
        "minimum_age": 16,
        "minimum_participants": 4,
    },
}
SEATS = {
    "kind": "training",
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "attendees": ["Ana Sousa", ATTENDEE],
}
OPENING_REFUSALS: tuple[type[Refusal], ...] = (SoldWhole,)
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (
    BadPeriod,
    ClosesAfterStart,
    BadCourse,
    BadInstructorEmail,
)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (BadAttendees, *ATTENDEE_REFUSALS)


class CourseSessionInput(Input, frozen=True, tag_field="kind", tag="training"):
    starts_at: Moment
    ends_at: Moment
    closes_before_hours: ClosesBefore = 0
    course: Described = ""
    category: Described = ""
    language: Described = ""
    level: Described = ""
    minimum_age: Age | None = None
    prerequisites: Prerequisites = ()
    minimum_participants: Participants = 1
    instructor_email: Email | None = None

    def offering(self) -> CourseSession:
        return CourseSession(
            period=Period(self.starts_at, self.ends_at),
            closes_before=timedelta(hours=self.closes_before_hours),
            course=self.course,
            category=self.category,
            language=self.language,
            level=self.level,
            minimum_age=self.minimum_age,
            prerequisites=self.prerequisites,
            minimum_participants=self.minimum_participants,
            instructor_email=self.instructor_email,
        )


class CourseSessionBody(Output, frozen=True, tag_field="kind", tag="training"):
    SHOWS: ClassVar = CourseSession

    starts_at: Moment
    ends_at: Moment
    closes_before_hours: ClosesBefore
    course: Described
    category: Described
    language: Described
    level: Described
    minimum_age: Age | None
    prerequisites: Prerequisites
    minimum_participants: Participants
    instructor_email: Email | None

    @classmethod
    def of(cls, session: CourseSession) -> "CourseSessionBody":
        return cls(
            starts_at=session.period.starts_at,
            ends_at=session.period.ends_at,
            closes_before_hours=session.closes_before // timedelta(hours=1),
            course=session.course,
            category=session.category,
            language=session.language,
            level=session.level,
            minimum_age=session.minimum_age,
            prerequisites=session.prerequisites,
            minimum_participants=session.minimum_participants,
            instructor_email=session.instructor_email,
        )


class TrainingRequestInput(
    RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="training"
):
    attendees: Attendees

    def request(self) -> TrainingBookingRequest:
        return TrainingBookingRequest(
            **self.common(),
            attendees=tuple(map(attendee_of, self.attendees)),
        )


class TrainingRequestBody(Output, frozen=True, tag_field="kind", tag="training"):
    SHOWS: ClassVar = TrainingBookingRequest

    attendees: ShownAttendees

    @classmethod
    def of(cls, request: TrainingBookingRequest) -> "TrainingRequestBody":
        return cls(attendees=tuple(map(AttendeeBody.of, request.attendees)))
