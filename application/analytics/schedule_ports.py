"""What reports that are sent by the clock need from outside, and what may be asked about them."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

import attrs

from application.analytics.export_ports import ExportWork
from application.kernel.pages import Page, Slice
from domain.analytics.report_runs import ReportRun
from domain.analytics.report_schedules import ReportSchedule
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, MemberId, ReportRunId, ReportScheduleId
from domain.kernel.periods import Period, Zone
from domain.kernel.personal import personal


class ReportSchedules(Protocol):
    def get(self, schedule_id: ReportScheduleId) -> ReportSchedule:
        """Raises ReportScheduleNotFound."""
        ...

    def number(self) -> int:
        """How many there are; nobody else adds one until the transaction ends."""
        ...

    def save(self, schedule: ReportSchedule) -> ReportSchedule:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def delete(self, schedule: ReportSchedule) -> None:
        """With its runs; publishes its events."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[ReportScheduleId]: ...


class ReportRuns(Protocol):
    """At most one for each schedule and occasion: whoever is slower finds Stale."""

    def find(self, run_id: ReportRunId) -> ReportRun | None: ...

    def left(self, schedule_id: ReportScheduleId, *, before: datetime) -> Sequence[ReportRun]:
        """Those that began before then and have not come to an end."""
        ...

    def save(self, run: ReportRun) -> ReportRun: ...


class ScheduleWork(ExportWork, Protocol):
    @property
    def schedules(self) -> ReportSchedules: ...

    @property
    def runs(self) -> ReportRuns: ...


class ScheduleViews(Protocol):
    """Of the actor's organization; whose a schedule is, is for the asker to look at."""

    async def schedule(self, actor: Actor, schedule_id: ReportScheduleId) -> ReportSchedule:
        """Raises ReportScheduleNotFound."""
        ...

    async def schedules(
        self, actor: Actor, *, everybodys: bool, slice: Slice
    ) -> Page[ReportSchedule]:
        """Oldest first."""
        ...

    async def runs(
        self, actor: Actor, schedule_id: ReportScheduleId, *, slice: Slice
    ) -> Page[ReportRun]:
        """Latest first."""
        ...

    async def run(self, actor: Actor, run_id: ReportRunId) -> ReportRun | None: ...


class Owners(Protocol):
    """What somebody may do by now."""

    async def __call__(self, actor: Actor, owner: ActorId, /) -> Actor:
        """Raises OwnerGone or OrganizationDeactivated."""
        ...


@attrs.frozen(kw_only=True)
class Addressee:
    member_id: MemberId
    email: str = attrs.field(repr=False, metadata=personal("to be sent reports"))


class Addressees(Protocol):
    async def among(self, actor: Actor, wanted: Sequence[MemberId], /) -> Sequence[Addressee]:
        """Those who are active members, in that order."""
        ...


@attrs.frozen(kw_only=True)
class AttachedFile:
    filename: str
    media_type: str
    content: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ReportLetter:
    """With the `file`, or with where it is: behind a `link` that is good for a while, or, with
    `path`, in the API.
    """

    run: ReportRun
    name: str
    title: str
    period: Period
    zone: Zone
    rows: int
    file: AttachedFile | None
    link: str | None
    link_until: datetime | None
    path: str


class Posted(Enum):
    """`LATER` is where it may be taken if it is sent again."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"


class ReportPost(Protocol):
    async def send(self, letter: ReportLetter, to: Addressee, /) -> Posted:
        """The same letter to the same person is the same one, however often it is sent."""
        ...
