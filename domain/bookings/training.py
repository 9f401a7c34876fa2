"""Training: seats in one session of a course."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar

import attrs

from domain.bookings.requests import (
    BaseBookingRequest,
    BookingClosed,
    Charge,
    Demand,
)
from domain.kernel.claims import Claim, whole_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import NotSoldInParts, Offering
from domain.kernel.periods import DateRange, Period, Zone
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
class SoldWhole(Invalid):
    code: ClassVar[str] = "sold_whole"
    field: ClassVar[str] = "from"

    def __str__(self) -> str:
        return "the seats of a session are sold for all of it: give no dates"


@attrs.frozen
class ClosesAfterStart(Invalid):
    code: ClassVar[str] = "closes_after_start"
    field: ClassVar[str] = "offering/closes_before_hours"

    def __str__(self) -> str:
        return "booking closes before a session starts, or when it does"


@attrs.frozen(kw_only=True)
class CourseSession(Offering):
    """One session. Booking closes `closes_before` its start, and never after it."""

    kind: ClassVar[str] = "training"
    sold_by_day: ClassVar[bool] = False

    period: Period
    closes_before: timedelta = timedelta()

    def __attrs_post_init__(self) -> None:
        if self.closes_before < timedelta():
            raise ClosesAfterStart

    @property
    def takes_place(self) -> Period:
        return self.period

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


def _tidied(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in names)


@attrs.frozen(kw_only=True)
class TrainingBookingRequest(BaseBookingRequest):
    """Every attendee is a person with a name and takes a seat."""

    LARGEST_PARTY: ClassVar[int] = 12
    SHORTEST_NAME: ClassVar[int] = 2
    LONGEST_NAME: ClassVar[int] = 100

    kind: ClassVar[str] = "training"

    attendees: tuple[str, ...] = attrs.field(converter=_tidied, repr=False)

    def __attrs_post_init__(self) -> None:
        fit = all(
            self.SHORTEST_NAME <= len(name) <= self.LONGEST_NAME and name.isprintable()
            for name in self.attendees
        )
        different = {name.casefold() for name in self.attendees}
        if not (1 <= len(different) == len(self.attendees) <= self.LARGEST_PARTY and fit):
            raise BadAttendees(self.LARGEST_PARTY)

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
            charges=(Charge(day=held_on, units=seats, label="seat"),),
            period=offering.period,
            closes_at=closed_at,
        )
