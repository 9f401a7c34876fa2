"""Documentation sites in JSON."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta

from domain.documentation.answers import Politeness
from domain.documentation.kinds import SiteKind
from domain.documentation.schedule import Schedule
from domain.documentation.scope import Scope
from domain.documentation.site import Reading, Site, below, prefixes_of, seeds_of, starts_of
from domain.documentation.urls import LONGEST_URL
from domain.kernel.hours import Weekday
from entrypoints.http.hours import WallTime, Weekdays
from entrypoints.http.page_shapes import Language, VersionOfPage
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Output,
    Version,
    ZoneName,
)

Title = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=200, examples=["Python 3.11"])
]
Address = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\x00-\x20\x7f]+$(?!\n)",
        max_length=LONGEST_URL,
        examples=["https://docs.example.com/guide/"],
    ),
]
Like = Annotated[
    str,
    Meta(
        pattern=r"^[/*][^\x00-\x20\x7f]*$(?!\n)",
        max_length=200,
        description="A path, in which `*` stands for anything.",
        examples=["/guide/old/*"],
    ),
]
Starts = Annotated[tuple[Address, ...], Meta(min_length=1, max_length=20)]
Seeds = Annotated[
    tuple[Address, ...],
    Meta(
        max_length=20,
        description="A sitemap, an llms.txt or an objects.inv that names pages.",
        examples=[["https://docs.example.com/guide/objects.inv"]],
    ),
]
Within = Annotated[tuple[Address, ...], Meta(max_length=20)]
Times = Annotated[tuple[WallTime, ...], Meta(min_length=1, max_length=24)]
Without = Annotated[tuple[Like, ...], Meta(max_length=50)]
Delay = Annotated[
    float,
    Meta(ge=0.1, le=60, description="Seconds between requests to a host.", examples=[1.0]),
]
AtOnce = Annotated[
    int, Meta(ge=1, le=16, description="Requests to a host under way.", examples=[4])
]
MostPages = Annotated[int, Meta(ge=1, le=100_000, examples=[10_000])]
Deepest = Annotated[int, Meta(ge=0, le=100, description="Links away from a start.", examples=[50])]
FreshHours = Annotated[
    int,
    Meta(ge=0, le=8760, description="How long a page is not asked for again.", examples=[24]),
]
# Whoever adds a site from the command line sets bounds of their own.
Number = Annotated[int, Meta(ge=0, le=2**31 - 1)]

GUIDE: dict[str, Any] = {
    "title": "Guide",
    "kind": "sphinx",
    "starts": ["https://docs.example.com/guide/"],
    "without": ["/guide/old/*"],
    "schedule": {"days": ["monday", "thursday"], "times": ["03:00:00"], "zone": "Europe/Lisbon"},
}


class ScheduleInput(Input, frozen=True):
    """At each of these times, on each of these days, an hour or more between two of them."""

    times: Times
    zone: ZoneName
    days: Weekdays = tuple(Weekday)

    def schedule(self) -> Schedule:
        """Raises BadSchedule."""
        return Schedule.there(self.zone, days=self.days, times=self.times)


class ScheduleBody(Output, frozen=True):
    times: Times
    zone: ZoneName
    days: Weekdays

    @classmethod
    def of(cls, schedule: Schedule) -> "ScheduleBody":
        return cls(times=schedule.times, zone=schedule.zone.name, days=schedule.days)


class SiteInput(Input, frozen=True):
    """Pages `within` are read, if their path is like none of `without`.

    Without `within` it is what lies below the starts. `language` and `release` are those of pages
    that do not say. With a `schedule` it is read by itself.
    """

    title: Title
    starts: Starts
    kind: SiteKind = SiteKind.GENERIC
    seeds: Seeds = ()
    within: Within = ()
    without: Without = ()
    delay_seconds: Delay = 1.0
    at_once: AtOnce = 4
    most_pages: MostPages = 10_000
    deepest: Deepest = 50
    fresh_hours: FreshHours = 24
    language: Language | None = None
    release: VersionOfPage | None = None
    schedule: ScheduleInput | None = None

    def reading(self) -> Reading:
        """Raises BadStart, BadSeed or BadPrefix."""
        starts = starts_of(self.starts)
        within = prefixes_of(self.within) or below(starts)
        return Reading(
            starts=starts,
            scope=Scope(within=within, without=self.without),
            politeness=Politeness(delay=self.delay_seconds, at_once=self.at_once),
            most_pages=self.most_pages,
            deepest=self.deepest,
            fresh_hours=self.fresh_hours,
            seeds=seeds_of(self.seeds),
        )

    def scheduled(self) -> Schedule | None:
        """Raises BadSchedule."""
        return None if self.schedule is None else self.schedule.schedule()


class SiteBody(Output, frozen=True):
    """Addresses are as they are compared, which may be another way to write them.

    `next_read_at` is when the `schedule` has it read, unless a crawl is under way then.
    """

    id: Identifier
    version: Version
    title: Title
    kind: SiteKind
    starts: Starts
    seeds: Seeds
    within: Within
    without: Without
    delay_seconds: Annotated[float, Meta(ge=0)]
    at_once: Number
    most_pages: Number
    deepest: Number
    fresh_hours: Number
    language: Language | None
    release: VersionOfPage | None
    schedule: ScheduleBody | None
    next_read_at: Moment | None

    @classmethod
    def of(cls, site: Site) -> "SiteBody":
        reading = site.reading
        return cls(
            id=site.id,
            version=site.version,
            title=site.title,
            kind=site.kind,
            starts=reading.starts,
            seeds=reading.seeds,
            within=reading.scope.within,
            without=reading.scope.without,
            delay_seconds=reading.politeness.delay,
            at_once=reading.politeness.at_once,
            most_pages=reading.most_pages,
            deepest=reading.deepest,
            fresh_hours=reading.fresh_hours,
            language=site.language,
            release=site.release,
            schedule=None if site.schedule is None else ScheduleBody.of(site.schedule),
            next_read_at=site.next_read_at,
        )


class SitePage(Output, frozen=True):
    items: Annotated[Sequence[SiteBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
