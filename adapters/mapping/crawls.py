"""Sites, crawls and what is known of pages, from their rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case, func

from adapters.schema.crawls import crawl_urls
from adapters.sql.documents import new_converter
from application.documentation.crawl_ports import Host
from domain.documentation.crawl import Crawl, CrawlState
from domain.documentation.frontier import Leased, Tally
from domain.documentation.kinds import SiteKind
from domain.documentation.schedule import Schedule
from domain.documentation.site import Reading, Site

converter = new_converter()

UNASKED = "unasked"
SUMS = (
    func.sum(crawl_urls.c.size),
    func.sum(case((crawl_urls.c.reason == UNASKED, 1), else_=0)),
)
"""Of pages in one state: their bytes, and how many of them were not asked for."""


def site_of(row: Row[Any]) -> Site:
    return Site(
        id=row.id,
        title=row.title,
        kind=SiteKind(row.kind),
        reading=converter.structure(row.reading, Reading),
        language=row.language,
        release=row.release,
        deleted_at=row.deleted_at,
        schedule=None if row.schedule is None else converter.structure(row.schedule, Schedule),
        next_read_at=row.next_read_at,
        version=row.version,
    )


def crawl_of(row: Row[Any]) -> Crawl:
    return Crawl(
        id=row.id,
        site_id=row.site_id,
        state=CrawlState(row.state),
        kept_before=row.kept_before,
        passages_before=row.passages_before or 0,
        started_at=row.started_at,
        ended_at=row.ended_at,
        reason=row.reason,
        version=row.version,
    )


def leased_of(row: Row[Any]) -> Leased:
    return Leased(
        url=row.url,
        depth=row.depth,
        hops=row.hops,
        attempts=row.attempts,
        lease=row.lease,
        etag=row.etag,
        last_modified=row.last_modified,
        content_hash=row.content_hash,
        seed=bool(row.seed),
    )


def host_of_row(row: Row[Any]) -> Host:
    return Host(
        name=row.host,
        robots=row.robots,
        robots_at=row.robots_at,
        delay=row.delay,
        next_at=row.next_at,
    )


def tally_of(rows: Sequence[Any]) -> Tally:
    """Of the states, each with how many pages there are, their bytes, and how many are unasked."""
    counts = {state: number for state, number, _, _ in rows}
    return Tally(
        **counts,
        bytes=sum(int(size) for _, _, size, _ in rows),
        unasked=sum(int(unasked) for _, _, _, unasked in rows),
    )
