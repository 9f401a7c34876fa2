"""A site crawled by the program itself, as often as wanted: `python -m benchmarks.crawled URL`."""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from uuid import UUID, uuid4

import uvloop

from application.documentation.keep_sites import AddSite
from application.documentation.start_crawl import CrawlSite, StartCrawl
from application.kernel.jobs import QueuedJob
from domain.documentation.answers import Politeness
from domain.documentation.crawl import Crawl
from domain.documentation.kinds import SiteKind
from domain.documentation.scope import Scope
from domain.documentation.site import Reading, below
from domain.documentation.urls import host_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, OrganizationId
from entrypoints.wiring.container import Container
from entrypoints.wiring.lasting import set_aside
from entrypoints.wiring.settings import Settings

ACTOR = Actor.system(OrganizationId(UUID(int=1)))
AT_ONCE = 16
PAGE = 4096 / 1e6
BETWEEN = 0.1


class Here:
    """What a job may ask of an engine, where there is none."""

    actor = ACTOR


@contextmanager
def weighed() -> Iterator[list[float]]:
    """Megabytes that this process takes, over and over."""
    megabytes, over = list[float](), threading.Event()

    def look() -> None:
        while not over.wait(BETWEEN):
            megabytes.append(int(Path("/proc/self/statm").read_text().split()[1]) * PAGE)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield megabytes
    finally:
        over.set()
        looking.join()


async def crawl(start: str, database: str, times: int) -> None:
    settings = Settings(database_url=database, internal_hosts=frozenset({host_of(start)}))
    container = Container(settings=settings)
    reading = Reading(
        starts=(start,),
        scope=Scope(within=below((start,))),
        politeness=Politeness(delay=0, at_once=AT_ONCE),
        fresh_hours=0,
    )
    site = await container.crawling.add_site()(
        AddSite(actor=ACTOR, title="Tree", kind=SiteKind.SPHINX, reading=reading)
    )
    set_aside()  # as the program does before it reads
    for _ in range(times):
        begun = await container.crawling.start_crawl()(StartCrawl(actor=ACTOR, site_id=site.id))
        print(json.dumps(await _once(container, begun)), flush=True)
        sys.stdin.readline()  # whoever measures looks at the server meanwhile
    await container.crawling.egress().close()
    await container.crawling.parsers().close()
    await container.database().close()


async def _once(container: Container, crawl: Crawl) -> dict[str, float]:
    job = CrawlSite(crawl_id=crawl.id, share=0).job
    queued = QueuedJob(
        name=job.name,
        payload=job.payload,
        id=JobId(uuid4()),
        organization_id=ACTOR.organization_id,
    )
    began, cpu = time.perf_counter(), time.process_time()
    with weighed() as megabytes:
        await container.crawling.crawl_site()(queued, Here())
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    progress = await container.crawling.views().progress(ACTOR, crawl.id)
    return {
        "pages": progress.tally.found,
        "seconds": seconds,
        "cpu": cpu,
        "third": _at(megabytes, 1 / 3),
        "megabytes": max(megabytes, default=0),
        "peak": getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        "parsers": getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _at(megabytes: Sequence[float], share: float) -> float:
    return megabytes[int(len(megabytes) * share)] if megabytes else 0


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(crawl(sys.argv[1], sys.argv[2], int(sys.argv[3])))
