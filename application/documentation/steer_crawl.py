"""Hold a crawl, let it go on, stop it, or let it have what it would take away."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.documentation.start_crawl import share_out
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.documentation.crawl import Crawl
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId


class Turn(Enum):
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    APPROVE = "approve"


TURNS: dict[Turn, Callable[[Crawl, datetime], Crawl]] = {
    Turn.PAUSE: lambda crawl, now: crawl.pause(now=now),
    Turn.RESUME: lambda crawl, now: crawl.resume(now=now),
    Turn.CANCEL: lambda crawl, now: crawl.cancel(now=now),
    Turn.APPROVE: lambda crawl, now: crawl.approve(now=now),
}
NEEDS_WORKERS = frozenset({Turn.RESUME, Turn.APPROVE})


@attrs.frozen(kw_only=True)
class SteerCrawl:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    crawl_id: CrawlId
    turn: Turn
    version: int | None = None
    once: Once[Crawl] | None = None


@attrs.frozen(kw_only=True)
class SteerCrawlHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock

    async def __call__(self, command: SteerCrawl, /) -> Crawl:
        """Raises CrawlNotFound or WrongCrawlState."""

        def steer(work: CrawlWork) -> Crawl:
            crawl = work.crawls.get(command.crawl_id)
            require_version(crawl.version, command.version)
            turned = work.crawls.save(TURNS[command.turn](crawl, self.clock()))
            if command.turn in NEEDS_WORKERS:
                share_out(work, turned)
            return turned

        return await self.unit_of_work(command.actor, steer, once=command.once)
