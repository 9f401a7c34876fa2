"""Say what site is to be read, say it otherwise, or have it read no more."""

from datetime import datetime

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.documentation.kinds import SiteKind
from domain.documentation.schedule import Schedule
from domain.documentation.site import Reading, Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SiteId


@attrs.frozen(kw_only=True)
class AddSite:
    actor: Actor
    title: str
    kind: SiteKind
    reading: Reading
    language: str | None = None
    release: str | None = None
    schedule: Schedule | None = None
    once: Once[Site] | None = None


@attrs.frozen(kw_only=True)
class AddSiteHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddSite, /) -> Site:
        """Raises StartElsewhere, BadSeed or BadSchedule."""
        site = added_by(command, SiteId(self.new_id()), now=self.clock())
        return await self.unit_of_work(
            command.actor, lambda work: work.sites.save(site), once=command.once
        )


def added_by(command: AddSite, id: SiteId, *, now: datetime) -> Site:
    """Raises StartElsewhere, BadSeed or BadSchedule."""
    return Site(
        id=id,
        title=command.title,
        kind=command.kind,
        reading=command.reading,
        language=command.language,
        release=command.release,
        schedule=command.schedule,
    ).added(now=now)


@attrs.frozen(kw_only=True)
class ChangeSite(AddSite):
    """`version` is the one the caller has seen, or None for whichever there is."""

    site_id: SiteId
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeSiteHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock

    async def __call__(self, command: ChangeSite, /) -> Site:
        """A crawl under way goes by it from then on; what it has read already, the next one reads.

        So it is with pages that have not changed where another kind, scope or default makes
        something else of them.

        Raises SiteNotFound, StartElsewhere, BadSeed or BadSchedule.
        """

        def change(work: CrawlWork) -> Site:
            site = work.sites.get(command.site_id)
            require_version(site.version, command.version)
            into = attrs.evolve(
                site,
                title=command.title,
                kind=command.kind,
                reading=command.reading,
                language=command.language,
                release=command.release,
                schedule=command.schedule,
            )
            changed = site.changed(into=into, now=self.clock())
            if not changed.reads_alike(site):
                work.frontier.read_anew(site.id)
            return work.sites.save(changed)

        return await self.unit_of_work(command.actor, change)
