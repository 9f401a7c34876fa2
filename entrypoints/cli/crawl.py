"""`frontdesk crawl`: a documentation site, read here and now."""

import argparse
import asyncio
import sys
from datetime import datetime

import attrs

from application.documentation.crawl_views import Progress
from application.documentation.keep_sites import AddSite, ChangeSite
from application.documentation.start_crawl import CrawlSite, StartCrawl
from application.documentation.steer_crawl import SteerCrawl, Turn
from application.kernel.jobs import QueuedJob
from application.kernel.pages import Slice
from domain.documentation.crawl import Crawl, CrawlState, CrawlUnderWay
from domain.documentation.kinds import SiteKind
from domain.documentation.scope import Scope
from domain.documentation.site import Reading, Site, below, seeds_of
from domain.documentation.urls import normal_form
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId
from entrypoints.cli.keys import organization_called
from entrypoints.cli.shares import share_of
from entrypoints.wiring.container import Container
from entrypoints.wiring.lasting import set_aside
from entrypoints.wiring.settings import Settings

WIDTH = 30
SHOWN_FAILURES = 10
LOOK_EVERY = 0.5
STANDS = {Turn.PAUSE: CrawlState.PAUSED, Turn.CANCEL: CrawlState.CANCELLED}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", help="the address of its first page; what lies below is read")
    parser.add_argument("--organization", required=True, metavar="SLUG", help="whose it is")
    kinds = [kind.value for kind in SiteKind]
    parser.add_argument(
        "--kind", choices=kinds, help="what made the site; generic, if nobody ever said"
    )
    parser.add_argument(
        "--delay", type=float, help="seconds between requests to a host, by default 1"
    )
    parser.add_argument("--at-once", type=int, help="requests under way at the most, by default 4")
    parser.add_argument(
        "--fresh-hours",
        type=int,
        help="how long a page is not asked for again, by default 24",
    )
    parser.add_argument(
        "--seed",
        action="append",
        help="a sitemap, an llms.txt or an objects.inv of the site; may be repeated",
    )
    parser.add_argument(
        "--steer",
        choices=[turn.value for turn in Turn],
        help="what becomes of the crawl that is under way; begins none",
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 if the crawl came to its end or stands as it was told to, 1 if it does not, 2 if there is
    no such address, or no crawl to steer.
    """
    start = normal_form(arguments.site)
    if start is None:
        print(f"frontdesk: {arguments.site} is no address of a page", file=sys.stderr)
        return 2
    return asyncio.run(_run(Container(settings=settings), start, arguments))


async def _run(container: Container, start: str, arguments: argparse.Namespace) -> int:
    database = container.database()
    try:
        await database.check()
        organization = await organization_called(container, arguments.organization)
        actor = Actor.system(organization.id)
        crawl_id = await _crawl(container, actor, start, arguments)
        if crawl_id is None:
            print("frontdesk: there is no crawl of that site", file=sys.stderr)
            return 2
        set_aside()
        async with asyncio.TaskGroup() as both:
            watching = both.create_task(_watch(container, actor, crawl_id))
            await _read(container, actor, crawl_id)
            watching.cancel()
        return await _report(container, actor, crawl_id, arguments.steer)
    finally:
        await container.crawling.egress().close()
        await container.crawling.parsers().close()
        await database.close()


async def _crawl(
    container: Container, actor: Actor, start: str, arguments: argparse.Namespace
) -> CrawlId | None:
    """The one to take part in; None where one is to be steered and there never was any."""
    known: Site | None = await container.crawling.views().site_from(actor, start)
    if arguments.steer is None:
        site = await _site(container, actor, known, start, arguments)
        return await _begun(container, actor, site)
    if known is None:
        return None
    await _site(container, actor, known, start, arguments)
    return await _steered(container, actor, known, Turn(arguments.steer))


async def _site(
    container: Container,
    actor: Actor,
    known: Site | None,
    start: str,
    arguments: argparse.Namespace,
) -> Site:
    if known is None:
        reading = _as_told(
            Reading(starts=(start,), scope=Scope(within=below((start,)))), arguments
        )
        kind = SiteKind(arguments.kind or SiteKind.GENERIC)
        added: Site = await container.crawling.add_site()(
            AddSite(actor=actor, title=start[:200], kind=kind, reading=reading)
        )
        return added
    reading, kind = _as_told(known.reading, arguments), SiteKind(arguments.kind or known.kind)
    if (reading, kind) == (known.reading, known.kind):
        return known
    changed: Site = await container.crawling.change_site()(
        ChangeSite(
            actor=actor,
            site_id=known.id,
            version=known.version,
            title=known.title,
            kind=kind,
            reading=reading,
            language=known.language,
            release=known.release,
            schedule=known.schedule,
        )
    )
    return changed


def _as_told(reading: Reading, arguments: argparse.Namespace) -> Reading:
    """What nobody says stays as it is."""
    told = {"delay": arguments.delay, "at_once": arguments.at_once}
    said = {name: value for name, value in told.items() if value is not None}
    fresh, seeds = arguments.fresh_hours, arguments.seed
    return attrs.evolve(
        reading,
        politeness=attrs.evolve(reading.politeness, **said),
        fresh_hours=reading.fresh_hours if fresh is None else fresh,
        seeds=reading.seeds if seeds is None else seeds_of(seeds),
    )


async def _begun(container: Container, actor: Actor, site: Site) -> CrawlId:
    """A new one, or the one that is under way."""
    try:
        crawl: Crawl = await container.crawling.start_crawl()(
            StartCrawl(actor=actor, site_id=site.id)
        )
    except CrawlUnderWay as other:
        return other.crawl_id
    return crawl.id


async def _steered(container: Container, actor: Actor, site: Site, turn: Turn) -> CrawlId | None:
    """None if there never was one. Raises WrongCrawlState, also where the latest is over."""
    latest = await container.crawling.views().crawls(actor, site.id, slice=Slice(limit=1))
    if not latest.items:
        return None
    crawl: Crawl = await container.crawling.steer_crawl()(
        SteerCrawl(actor=actor, crawl_id=latest.items[0].id, turn=turn)
    )
    return crawl.id


class _Here:
    """What a job may ask of an engine, where there is none."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor


async def _read(container: Container, actor: Actor, crawl_id: CrawlId) -> None:
    """Without waiting for a worker; one that is at it as well reads other pages."""
    job = CrawlSite(crawl_id=crawl_id, share=0).job
    folder = container.settings().data_dir / "crawls"
    with share_of(crawl_id, folder) as share:
        queued = QueuedJob(
            name=job.name,
            payload=job.payload,
            id=share,
            organization_id=actor.organization_id,
        )
        await container.crawling.crawl_site()(queued, _Here(actor))


async def _watch(container: Container, actor: Actor, crawl_id: CrawlId) -> None:
    while True:
        progress = await container.crawling.views().progress(actor, crawl_id)
        print(f"\r{_line(progress, container.clock()())}", end="", file=sys.stderr, flush=True)
        await asyncio.sleep(LOOK_EVERY)


def _line(progress: Progress, now: datetime) -> str:
    tally = progress.tally
    share = tally.done / tally.found if tally.found else 0.0
    bar = "#" * round(share * WIDTH)
    seconds = progress.seconds_left(now)
    left = "…" if seconds is None else f"{seconds:.0f} s left"
    rate = f"{progress.pages_a_second(now):.1f} a second"
    return f"[{bar:<{WIDTH}}] {tally.done} of {tally.found}, {rate}, {left} "


async def _report(container: Container, actor: Actor, crawl_id: CrawlId, steer: str | None) -> int:
    views = container.crawling.views()
    progress: Progress = await views.progress(actor, crawl_id)
    print(f"\r{_line(progress, container.clock()())}", file=sys.stderr)
    tally = progress.tally
    some = await views.failed(actor, crawl_id, slice=Slice(limit=SHOWN_FAILURES))
    for failed in some.items:
        print(f"{failed.url}: {failed.reason}", file=sys.stderr)
    for reason, pages in sorted(progress.skips.items()):
        print(f"{pages} left out: {reason}", file=sys.stderr)
    unasked = f" ({tally.unasked} not asked for)" if tally.unasked else ""
    print(
        f"{progress.crawl.state.value}: {tally.found} found, {tally.added} new, "
        f"{tally.changed} changed, {tally.unchanged} unchanged{unasked}, {tally.gone} gone, "
        f"{tally.skipped + tally.moved} left out, {tally.failed} failed"
    )
    wanted = CrawlState.DONE if steer is None else STANDS.get(Turn(steer), CrawlState.DONE)
    return 0 if progress.crawl.state is wanted else 1
