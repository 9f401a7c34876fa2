"""Documentation sites: what is read, how far and how politely."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.documentation.answers import USUAL, Politeness
from domain.documentation.events import SiteAdded, SiteChanged, SiteDeleted
from domain.documentation.kinds import SiteKind
from domain.documentation.schedule import Schedule
from domain.documentation.scope import Scope
from domain.documentation.urls import normal_form, origin_of, path_of
from domain.kernel.events import Event
from domain.kernel.identifiers import SiteId
from domain.kernel.refusals import Invalid, NotFound


@attrs.frozen
class SiteNotFound(NotFound):
    code: ClassVar[str] = "site_not_found"
    site_id: SiteId

    def __str__(self) -> str:
        return f"no site {self.site_id}"


@attrs.frozen
class StartElsewhere(Invalid):
    """It would lead nowhere: what begins outside is not followed."""

    code: ClassVar[str] = "start_elsewhere"
    field: ClassVar[str] = "starts"

    def __str__(self) -> str:
        return "every start must be a page of the site"


@attrs.frozen
class BadStart(Invalid):
    code: ClassVar[str] = "bad_start"
    field: ClassVar[str] = "starts"

    def __str__(self) -> str:
        return "every start must be the http or https address of a page"


@attrs.frozen
class BadPrefix(Invalid):
    code: ClassVar[str] = "bad_prefix"
    field: ClassVar[str] = "within"

    def __str__(self) -> str:
        return "pages lie within the beginnings of http or https addresses"


@attrs.frozen
class BadSeed(Invalid):
    code: ClassVar[str] = "bad_seed"
    field: ClassVar[str] = "seeds"

    def __str__(self) -> str:
        return "every seed must be the address of a file on a host that has pages of the site"


SPREAD = 300
"""Seconds in which sites with the same time begin."""


def starts_of(written: Sequence[str]) -> tuple[str, ...]:
    """Their normal forms. Raises BadStart."""
    return _normal(written, BadStart)


def seeds_of(written: Sequence[str]) -> tuple[str, ...]:
    """Their normal forms. Raises BadSeed."""
    return _normal(written, BadSeed)


def prefixes_of(written: Sequence[str]) -> tuple[str, ...]:
    """Their normal forms. Raises BadPrefix."""
    return _normal(written, BadPrefix)


def below(starts: Sequence[str]) -> tuple[str, ...]:
    """What lies beside each and further down."""
    folders = (origin_of(start) + path_of(start).rpartition("/")[0] + "/" for start in starts)
    return tuple(dict.fromkeys(folders))


@attrs.frozen(kw_only=True)
class Reading:
    """What is read of a site. `starts` are normal forms.

    Links are followed `deepest` times from a start, up to so many pages. A page that was read less
    than `fresh_hours` ago is not asked for again; 0 asks whenever there is a crawl. `seeds` are
    files that name pages, beside those that robots.txt tells of.
    """

    starts: tuple[str, ...]
    scope: Scope
    politeness: Politeness = USUAL
    most_pages: int = 10_000
    deepest: int = 50
    fresh_hours: int = 24
    seeds: tuple[str, ...] = ()

    def demand(self) -> None:
        """Raises StartElsewhere or BadSeed."""
        if not all(self.scope.holds(start) for start in self.starts):
            raise StartElsewhere
        if not all(self.scope.may_name_pages(seed) for seed in self.seeds):
            raise BadSeed


@attrs.frozen(kw_only=True)
class Site:
    """`language` and `release` are those of pages that do not say.

    With a `schedule` it is read by itself, at `next_read_at` the next time.
    """

    id: SiteId
    title: str
    kind: SiteKind
    reading: Reading
    language: str | None = None
    release: str | None = None
    deleted_at: datetime | None = None
    schedule: Schedule | None = None
    next_read_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def fresh_for(self) -> timedelta:
        """How long a page is not asked for again.

        Whoever has it read every day wants every page read, though the last time was not quite a
        day ago: it is no longer than half the time until it is read again.
        """
        fresh = timedelta(hours=self.reading.fresh_hours)
        return fresh if self.schedule is None else min(fresh, self.schedule.shortest_gap / 2)

    def added(self, *, now: datetime) -> "Site":
        """Raises StartElsewhere, BadSeed or BadSchedule."""
        self.demand()
        fact = SiteAdded(site_id=self.id, occurred_at=now)
        return attrs.evolve(self.rescheduled(now=now), events=(fact,))

    def changed(self, *, into: "Site", now: datetime) -> "Site":
        """What it is late for stays due.

        Raises SiteNotFound, StartElsewhere, BadSeed or BadSchedule.
        """
        self.must_be_there()
        into.demand()
        changed = attrs.evolve(
            into,
            id=self.id,
            version=self.version,
            next_read_at=self.next_read_at,
            events=(SiteChanged(site_id=self.id, occurred_at=now),),
        )
        return changed if into.schedule == self.schedule else changed.rescheduled(now=now)

    def deleted(self, *, now: datetime) -> "Site":
        """Raises SiteNotFound."""
        self.must_be_there()
        fact = SiteDeleted(site_id=self.id, occurred_at=now)
        return attrs.evolve(self, deleted_at=now, next_read_at=None, events=(fact,))

    def is_due(self, now: datetime) -> bool:
        return self.next_read_at is not None and self.next_read_at <= now

    def rescheduled(self, *, now: datetime) -> "Site":
        """What was missed until now is not made up for: one time is as good as a dozen."""
        if self.schedule is None or self.deleted_at is not None:
            return attrs.evolve(self, next_read_at=None)
        after = self.schedule.next_after(now - self.behind)
        return attrs.evolve(self, next_read_at=after + self.behind)

    @property
    def behind(self) -> timedelta:
        """How long after its times it is due, always as long: so many have the same ones."""
        return timedelta(seconds=self.id.int % SPREAD)

    def reads_alike(self, other: "Site") -> bool:
        """Whether of an unchanged page the same is kept and followed."""
        return _what_counts(self) == _what_counts(other)

    def must_be_there(self) -> None:
        """Raises SiteNotFound."""
        if self.deleted_at is not None:
            raise SiteNotFound(self.id)

    def demand(self) -> None:
        """Raises StartElsewhere, BadSeed or BadSchedule."""
        self.reading.demand()
        if self.schedule is not None:
            self.schedule.demand()


def _what_counts(site: Site) -> tuple[object, ...]:
    reading = site.reading
    return (site.kind, site.language, site.release, reading.scope, reading.deepest)


def _normal(written: Sequence[str], refusal: type[Invalid]) -> tuple[str, ...]:
    found = dict.fromkeys(map(normal_form, written))
    if None in found:
        raise refusal
    return tuple(form for form in found if form is not None)
