"""Course sessions and seats in JSON."""

from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.training import CourseSession, TrainingBookingRequest
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Period
from entrypoints.http.shapes import ContactInput, Identifier, Input, Output

Moment = Annotated[
    datetime, Meta(tz=True, description="With offset.", examples=["2027-03-04T09:00:00+00:00"])
]
ClosesBefore = Annotated[
    int,
    Meta(
        ge=0,
        le=10_000,
        description="Hours before the start at which booking closes.",
        examples=[24],
    ),
]
Attendee = Annotated[str, Meta(min_length=2, max_length=100, examples=["Ana Sousa"])]
Attendees = Annotated[tuple[Attendee, ...], Meta(min_length=1, max_length=12)]


class CourseSessionInput(Input, tag_field="kind", tag="training"):
    starts_at: Moment
    ends_at: Moment
    closes_before_hours: ClosesBefore = 0

    def offering(self) -> CourseSession:
        return CourseSession(
            period=Period(self.starts_at, self.ends_at),
            closes_before=timedelta(hours=self.closes_before_hours),
        )


class CourseSessionBody(Output, tag_field="kind", tag="training"):
    SHOWS: ClassVar = CourseSession

    starts_at: Moment
    ends_at: Moment
    closes_before_hours: ClosesBefore

    @classmethod
    def of(cls, session: CourseSession) -> "CourseSessionBody":
        return cls(
            starts_at=session.period.starts_at,
            ends_at=session.period.ends_at,
            closes_before_hours=session.closes_before // timedelta(hours=1),
        )


class TrainingRequestInput(Input, tag_field="kind", tag="training"):
    resource_id: Identifier
    contact: ContactInput
    attendees: Attendees

    def request(self) -> TrainingBookingRequest:
        return TrainingBookingRequest(
            resource_id=ResourceId(self.resource_id),
            contact=self.contact.contact(),
            attendees=self.attendees,
        )


class TrainingRequestBody(Output, tag_field="kind", tag="training"):
    SHOWS: ClassVar = TrainingBookingRequest

    attendees: Attendees

    @classmethod
    def of(cls, request: TrainingBookingRequest) -> "TrainingRequestBody":
        return cls(attendees=request.attendees)
