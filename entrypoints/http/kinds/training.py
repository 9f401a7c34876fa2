"""Course sessions and seats in JSON."""

from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.training import (
    BadAttendees,
    ClosesAfterStart,
    CourseSession,
    SoldWhole,
    TrainingBookingRequest,
)
from domain.kernel.periods import BadPeriod, Period
from domain.kernel.refusals import Refusal
from entrypoints.http.kinds.common import RequestBaseInput
from entrypoints.http.shapes import Input, Moment, Output, PersonName

ClosesBefore = Annotated[
    int,
    Meta(
        ge=0,
        le=10_000,
        description="Hours before the start at which booking closes.",
        examples=[24],
    ),
]
Attendees = Annotated[tuple[PersonName, ...], Meta(min_length=1, max_length=12)]

SESSION = {
    "name": "Paediatric first aid, 4 March 2027",
    "zone": "Europe/London",
    "offering": {
        "kind": "training",
        "starts_at": "2027-03-04T09:30:00Z",
        "ends_at": "2027-03-04T16:30:00Z",
        "closes_before_hours": 2,
    },
}
SEATS = {
    "kind": "training",
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "attendees": ["Ana Sousa", "Rui Costa"],
}
OPENING_REFUSALS: tuple[type[Refusal], ...] = (SoldWhole,)
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (BadPeriod, ClosesAfterStart)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (BadAttendees,)


class CourseSessionInput(Input, frozen=True, tag_field="kind", tag="training"):
    starts_at: Moment
    ends_at: Moment
    closes_before_hours: ClosesBefore = 0

    def offering(self) -> CourseSession:
        return CourseSession(
            period=Period(self.starts_at, self.ends_at),
            closes_before=timedelta(hours=self.closes_before_hours),
        )


class CourseSessionBody(Output, frozen=True, tag_field="kind", tag="training"):
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


class TrainingRequestInput(
    RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="training"
):
    attendees: Attendees

    def request(self) -> TrainingBookingRequest:
        return TrainingBookingRequest(
            **self.common(),
            attendees=self.attendees,
        )


class TrainingRequestBody(Output, frozen=True, tag_field="kind", tag="training"):
    SHOWS: ClassVar = TrainingBookingRequest

    attendees: Attendees

    @classmethod
    def of(cls, request: TrainingBookingRequest) -> "TrainingRequestBody":
        return cls(attendees=request.attendees)
