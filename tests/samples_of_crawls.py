"""A site, and crawls of it."""

from uuid import UUID

import attrs

from domain.documentation.answers import Politeness
from domain.documentation.crawl import Crawl
from domain.documentation.kinds import SiteKind
from domain.documentation.schedule import Schedule
from domain.documentation.scope import Scope
from domain.documentation.site import Reading, Site
from domain.kernel.identifiers import CrawlId, SiteId
from tests.samples import NOW

HOST = "docs.example"
START = f"https://{HOST}/"


def site(number: int = 1, *, start: str = START, delay: float = 0.0, fresh_hours: int = 0) -> Site:
    reading = Reading(
        starts=(start,),
        scope=Scope(within=(start,), without=("/private/*",)),
        politeness=Politeness(delay=delay, at_once=4),
        fresh_hours=fresh_hours,
    )
    made = Site(
        id=SiteId(UUID(int=number)),
        title="Documentation",
        kind=SiteKind.SPHINX,
        reading=reading,
        language="en",
        release="3.11",
    )
    return made.added(now=NOW)


def scheduled(schedule: Schedule, *, fresh_hours: int = 0) -> Site:
    return attrs.evolve(site(fresh_hours=fresh_hours), schedule=schedule).added(now=NOW)


def crawl(number: int = 1, *, site_number: int = 1, kept_before: int = 0) -> Crawl:
    return Crawl.start(
        CrawlId(UUID(int=number)),
        SiteId(UUID(int=site_number)),
        kept_before=kept_before,
        now=NOW,
    )
