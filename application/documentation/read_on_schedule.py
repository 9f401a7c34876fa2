"""Have sites read when they are due."""

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.documentation.start_crawl import begin
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.documentation.crawl import CrawlUnderWay
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, SiteId


@attrs.frozen(kw_only=True)
class ReadOnSchedule:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class ReadOnScheduleHandler:
    """One transaction each: of two workers, the second finds the site changed, and due no more.

    A crawl that is under way, held or waiting for approval is left alone; the site is read again
    at the next time.
    """

    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: ReadOnSchedule, /) -> int:
        """How many were due; if that is the limit, there may be more."""
        now = self.clock()
        due = await self.unit_of_work(
            command.actor, lambda work: work.sites.due(now=now, limit=command.limit)
        )
        for site_id in due:
            try:
                await self._read(command.actor, site_id)
            except CrawlUnderWay:
                """Begun by somebody at this moment: that is seen the next time."""
        return len(due)

    async def _read(self, actor: Actor, site_id: SiteId) -> None:
        def read(work: CrawlWork) -> None:
            site, now = work.sites.get(site_id), self.clock()
            if not site.is_due(now):
                return
            saved = work.sites.save(site.rescheduled(now=now))
            if saved.deleted_at is None and work.crawls.under_way(site_id) is None:
                begin(work, saved, CrawlId(self.new_id()), now=now)

        await self.unit_of_work(actor, read)
