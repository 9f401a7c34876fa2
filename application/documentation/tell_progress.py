"""Tell whoever looks on how far a crawl is."""

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.kernel.ports import Clock, UnitOfWork
from domain.documentation.crawl import READING, Crawl
from domain.documentation.events import CrawlProgressed
from domain.documentation.frontier import Tally
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId


@attrs.frozen(kw_only=True)
class TellProgress:
    """`told` is what was told last."""

    actor: Actor
    crawl_id: CrawlId
    told: Tally


@attrs.frozen(kw_only=True)
class TellProgressHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock

    async def __call__(self, command: TellProgress, /) -> Tally:
        """How far it is; nothing is told that has been told. Raises CrawlNotFound."""

        def tell(work: CrawlWork) -> Tally:
            crawl = work.crawls.get(command.crawl_id)
            if crawl.state not in READING:  # the rest is told by what becomes of it
                return command.told
            tally = work.frontier.tally(crawl)
            if tally != command.told:
                work.crawls.tell(self._progress(crawl, tally))
            return tally

        return await self.unit_of_work(command.actor, tell)

    def _progress(self, crawl: Crawl, tally: Tally) -> CrawlProgressed:
        return CrawlProgressed(
            occurred_at=self.clock(),
            site_id=crawl.site_id,
            crawl_id=crawl.id,
            found=tally.found,
            done=tally.done,
            added=tally.added,
            changed=tally.changed,
            unchanged=tally.unchanged,
            failed=tally.failed,
        )
