"""All that a transaction about crawls may touch."""

import attrs

from adapters.repositories.crawl_hosts import SqlHosts
from adapters.repositories.crawls import SqlCrawls, SqlSites
from adapters.repositories.frontier import SqlFrontier
from adapters.repositories.pages import SqlPages
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.sql.scope import Scope
from application.documentation.crawl_ports import CrawlWork


@attrs.frozen(kw_only=True)
class SqlCrawlWork(CrawlWork):
    sites: SqlSites
    crawls: SqlCrawls
    frontier: SqlFrontier
    hosts: SqlHosts
    pages: SqlPages
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlCrawlWork":
        return cls(
            sites=SqlSites(scope),
            crawls=SqlCrawls(scope),
            frontier=SqlFrontier(scope),
            hosts=SqlHosts(scope),
            pages=SqlPages(scope),
            jobs=SqlJobQueue(scope),
        )
