"""Queues in JSON."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta

from application.calls.people_views import QueueLine
from domain.calls.business_hours import BusinessHours, Shift
from domain.calls.queues import Fallback, Queue, QueueTerms
from domain.calls.sla import SlaPolicy
from domain.kernel.periods import Zone
from entrypoints.http.agent_shapes import Count
from entrypoints.http.hours import WallTime, Weekdays
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import Identifier, Input, Moment, Name, Output, Version, ZoneName

MOST_SHIFTS = 40
MOST_HOLIDAYS = 200
LONGEST_WAIT = 7 * 86_400

AnswerWithin = Annotated[
    int,
    Meta(
        ge=1,
        le=LONGEST_WAIT,
        description="Seconds of business time, from when a call is escalated.",
        examples=[120],
    ),
]
WarnAt = Annotated[
    int, Meta(ge=1, le=100, description="There is a warning after so much of it.", examples=[80])
]
WaitsAtMost = Annotated[
    int,
    Meta(ge=1, le=LONGEST_WAIT, description="Seconds, whatever the hours.", examples=[900]),
]
Holidays = Annotated[tuple[date, ...], Meta(max_length=MOST_HOLIDAYS)]

DESK = {
    "title": "Desk",
    "zone": "Europe/Lisbon",
    "hours": [
        {"days": ["monday", "tuesday"], "opens": "09:00:00", "closes": "13:00:00"},
        {"days": ["monday", "tuesday"], "opens": "14:00:00", "closes": "18:00:00"},
    ],
    "holidays": ["2027-12-25"],
    "answer_within_seconds": 120,
    "warn_at_percent": 80,
    "waits_at_most_seconds": 900,
    "fallback": "callback",
}
ROUND_THE_CLOCK = {
    "title": "Night desk",
    "zone": "Europe/Lisbon",
    "answer_within_seconds": 60,
    "waits_at_most_seconds": 600,
    "fallback": "back_to_requester",
}


class ShiftInput(Input, frozen=True):
    """On each of these days, from opening to closing time; midnight ends the day."""

    days: Weekdays
    opens: WallTime
    closes: WallTime

    def shift(self) -> Shift:
        """Raises BadShift."""
        return Shift(days=self.days, opens=self.opens, closes=self.closes)


Hours = Annotated[tuple[ShiftInput, ...], Meta(max_length=MOST_SHIFTS)]


class NewQueueInput(Input, frozen=True, kw_only=True):
    """Without `hours` somebody answers day and night, but for holidays.

    `fallback` is what becomes of callers who have waited as long as they may.
    """

    title: Name
    zone: ZoneName
    hours: Hours = ()
    holidays: Holidays = ()
    answer_within_seconds: AnswerWithin
    warn_at_percent: WarnAt = 80
    waits_at_most_seconds: WaitsAtMost
    fallback: Fallback = Fallback.CALLBACK

    def terms(self) -> QueueTerms:
        """Raises BadShift, BadQueue or UnknownZone."""
        return QueueTerms(
            title=self.title,
            policy=SlaPolicy(
                hours=BusinessHours(
                    zone=Zone(self.zone),
                    shifts=tuple(shift.shift() for shift in self.hours),
                    holidays=self.holidays,
                ),
                answer_within=timedelta(seconds=self.answer_within_seconds),
                warn_at_percent=self.warn_at_percent,
            ),
            waits_at_most=timedelta(seconds=self.waits_at_most_seconds),
            fallback=self.fallback,
        )


class QueueInput(NewQueueInput, frozen=True, kw_only=True):
    active: Annotated[bool, Meta(description="Whether somebody is let in.")]


class ShiftBody(Output, frozen=True):
    days: Weekdays
    opens: WallTime
    closes: WallTime

    @classmethod
    def of(cls, shift: Shift) -> "ShiftBody":
        return cls(days=shift.days, opens=shift.opens, closes=shift.closes)


class QueueBody(Output, frozen=True):
    id: Identifier
    version: Version
    title: Name
    active: bool
    zone: ZoneName
    hours: Annotated[Sequence[ShiftBody], Meta(max_length=MOST_SHIFTS)]
    holidays: Annotated[Sequence[date], Meta(max_length=MOST_HOLIDAYS)]
    answer_within_seconds: AnswerWithin
    warn_at_percent: WarnAt
    waits_at_most_seconds: WaitsAtMost
    fallback: Fallback

    @classmethod
    def of(cls, queue: Queue) -> "QueueBody":
        terms, policy = queue.terms, queue.terms.policy
        return cls(
            id=queue.id,
            version=queue.version,
            title=terms.title,
            active=queue.active,
            zone=policy.hours.zone.name,
            hours=[ShiftBody.of(shift) for shift in policy.hours.shifts],
            holidays=policy.hours.holidays,
            answer_within_seconds=int(policy.answer_within.total_seconds()),
            warn_at_percent=policy.warn_at_percent,
            waits_at_most_seconds=int(terms.waits_at_most.total_seconds()),
            fallback=terms.fallback,
        )


class QueueLineBody(Output, frozen=True):
    """`since` is when the first of those who wait was escalated."""

    queue: QueueBody
    waiting: Count
    since: Moment | None

    @classmethod
    def of(cls, line: QueueLine) -> "QueueLineBody":
        return cls(queue=QueueBody.of(line.queue), waiting=line.waiting, since=line.since)


class QueuePage(Output, frozen=True):
    items: Annotated[Sequence[QueueLineBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
