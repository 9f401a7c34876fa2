"""What is kept in memory of sites and crawls."""

from datetime import datetime
from uuid import UUID

import attrs

from application.documentation.crawl_ports import Host
from application.kernel.jobs import Job
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import PageState
from domain.documentation.site import Site
from domain.kernel.events import Event
from domain.kernel.identifiers import CrawlId, SiteId
from tests.fakes.pages import MemoryPages


@attrs.define
class Known:
    """An address of a site."""

    url: str
    crawl_id: CrawlId
    depth: int
    hops: int
    due_at: datetime
    state: PageState = PageState.WAITING
    attempts: int = 0
    size: int = 0
    lease: UUID | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    fetched_at: datetime | None = None
    seed: bool = False
    unasked: bool = False
    reason: str | None = None
    status: int | None = None


@attrs.define
class CrawlRows:
    sites: dict[SiteId, Site] = attrs.field(factory=dict)
    crawls: dict[CrawlId, Crawl] = attrs.field(factory=dict)
    urls: dict[tuple[SiteId, str], Known] = attrs.field(factory=dict)
    hosts: dict[tuple[SiteId, str], Host] = attrs.field(factory=dict)
    pages: MemoryPages = attrs.field(factory=MemoryPages)
    jobs: list[Job] = attrs.field(factory=list)
    events: list[Event] = attrs.field(factory=list)

    def of(self, crawl: Crawl) -> list[Known]:
        return [known for known in self.urls.values() if known.crawl_id == crawl.id]

    def waiting(self, crawl: Crawl) -> list[Known]:
        return [known for known in self.of(crawl) if known.state is PageState.WAITING]
