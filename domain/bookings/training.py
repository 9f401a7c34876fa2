"""Training: seats in one session of a course."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

import attrs

from domain.bookings.attendees import Attendee, places, require_age, require_prerequisites
from domain.bookings.requests import (
    BaseBookingRequest,
    BookingClosed,
    Charge,
    Demand,
)
from domain.kernel.addresses import address, is_address
from domain.kernel.claims import Claim, ExclusiveClaim, whole_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.names import is_name
from domain.kernel.offerings import NotSoldInParts, Offering, SoldWhole
from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.personal import personal
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadAttendees(Invalid):
    code: ClassVar[str] = "bad_attendees"
    field: ClassVar[str] = "attendees"
    most: int

    def __str__(self) -> str:
        return (
            f"a request names 1 to {self.most} attendees, each once and with 2 to 100 characters"
        )


@attrs.frozen
class ClosesAfterStart(Invalid):
    code: ClassVar[str] = "closes_after_start"
    field: ClassVar[str] = "offering/closes_before_hours"

    def __str__(self) -> str:
        return "booking closes before a session starts, or when it does"


@attrs.frozen
class BadCourse(Invalid):
    code: ClassVar[str] = "bad_course"
    field: ClassVar[str] = "offering"

    def __str__(self) -> str:
        return "a session takes place with one participant at least, of an age from 0 on"


@attrs.frozen
class BadInstructorEmail(Invalid):
    code: ClassVar[str] = "bad_instructor_email"
    field: ClassVar[str] = "offering/instructor_email"

    def __str__(self) -> str:
        return "the address of an instructor looks like name@example.com"


@attrs.frozen(kw_only=True)
class CourseSession(Offering):
    """One session. Booking closes `closes_before` its start, and never after it.

    Each of `prerequisites` is a text, such as the name of a certificate that everybody brings.
    `instructor_email` is whom to tell at once what somebody needs.
    """

    kind: ClassVar[str] = "training"
    sold_by_day: ClassVar[bool] = False

    period: Period
    closes_before: timedelta = timedelta()
    course: str = ""
    category: str = ""
    language: str = ""
    level: str = ""
    minimum_age: int | None = None
    prerequisites: tuple[str, ...] = ()
    minimum_participants: int = 1
    instructor_email: str | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(address),
        repr=False,
        metadata=personal("to tell instructors what is urgent"),
    )

    def __attrs_post_init__(self) -> None:
        if self.closes_before < timedelta():
            raise ClosesAfterStart
        if self.minimum_participants < 1 or (self.minimum_age or 0) < 0:
            raise BadCourse
        if self.instructor_email is not None and not is_address(self.instructor_email):
            raise BadInstructorEmail

    @property
    def takes_place(self) -> Period:
        return self.period

    def moved_to(self, period: Period) -> Offering:
        return attrs.evolve(self, period=period)

    @property
    def facets(self) -> Mapping[str, str]:
        described = {
            "course": self.course,
            "category": self.category,
            "language": self.language,
            "level": self.level,
        }
        return {name: text for name, text in described.items() if text}

    def pools(
        self,
        resource_id: ResourceId,
        *,
        dates: DateRange | None,
        zone: Zone,
        part: str | None = None,
    ) -> Mapping[PoolId, date]:
        if part is not None:
            raise NotSoldInParts
        if dates is not None:
            raise SoldWhole
        return {whole_pool(resource_id): zone.date_at(self.period.starts_at)}


@attrs.frozen(kw_only=True)
class TrainingBookingRequest(BaseBookingRequest):
    """Every attendee is a person with a name and takes a seat."""

    LARGEST_PARTY: ClassVar[int] = 12

    kind: ClassVar[str] = "training"

    attendees: tuple[Attendee, ...]

    def __attrs_post_init__(self) -> None:
        fit = all(is_name(attendee.name) for attendee in self.attendees)
        different = {attendee.name.casefold() for attendee in self.attendees}
        if not (1 <= len(different) == len(self.attendees) <= self.LARGEST_PARTY and fit):
            raise BadAttendees(self.LARGEST_PARTY)

    def erased(self) -> Self:
        nobody = tuple(one.erased(number) for number, one in enumerate(self.attendees, 1))
        return attrs.evolve(super().erased(), attendees=nobody)

    @property
    def participants(self) -> Sequence[Attendee]:
        return self.attendees

    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        if not isinstance(offering, CourseSession):
            raise self.wrong_kind(offering)
        closed_at = offering.period.starts_at - offering.closes_before
        if now >= closed_at:
            raise BookingClosed(closed_at)
        seats = len(self.attendees)
        held_on = zone.date_at(offering.period.starts_at)
        return Demand(
            claims=(Claim(whole_pool(self.resource_id), seats),),
            exclusives=self._places(offering, held_on, today=zone.date_at(now)),
            charges=(Charge(day=held_on, units=seats, label="seat"),),
            period=offering.period,
            closes_at=closed_at,
        )

    def _places(
        self, session: CourseSession, held_on: date, *, today: date
    ) -> tuple[ExclusiveClaim, ...]:
        require_age(self.attendees, session.minimum_age, on=held_on, today=today)
        require_prerequisites(self.attendees, session.prerequisites)
        claimed = places(self.resource_id, self.contact, self.attendees)
        if len(set(claimed)) < len(claimed):
            raise BadAttendees(self.LARGEST_PARTY)
        return claimed
