"""The frontier of crawls in SQL: what is to be read is what waits."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import case, delete, func, select, update

from adapters.mapping.crawls import leased_of, tally_of
from adapters.repositories.frontier_rows import (
    HOSTS,
    LONGEST_DATE,
    LONGEST_ETAG,
    adding,
    fitting,
    key_of,
    row_of,
)
from adapters.repositories.frontier_statements import (
    GONE,
    WAITING,
    counting_leased,
    counting_named,
    counting_read,
    finding_due,
    giving_back,
    leasing,
    recording,
    sparing,
    tallying,
)
from adapters.schema.crawls import crawl_urls
from adapters.schema.documentation import pages, passages
from adapters.sql.scope import Scope
from application.documentation.crawl_ports import Frontier
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import (
    TO_READ_ANEW,
    Became,
    Dated,
    Found,
    Leased,
    PageState,
    Tally,
)
from domain.documentation.urls import host_of
from domain.kernel.identifiers import SiteId

NOT_READ = frozenset({PageState.WAITING, PageState.FAILED, PageState.SKIPPED})


@attrs.frozen
class SqlFrontier(Frontier):
    scope: Scope

    def kept(self, site_id: SiteId) -> int:
        question = select(func.count()).where(
            self.scope.owns(crawl_urls),
            crawl_urls.c.site_id == site_id,
            crawl_urls.c.content_hash.is_not(None),
        )
        return int(self.scope.ask(question).scalar_one())

    def passages(self, site_id: SiteId) -> int:
        gone = select(crawl_urls.c.url).where(
            self.scope.owns(crawl_urls),
            crawl_urls.c.site_id == site_id,
            crawl_urls.c.state == GONE,
            crawl_urls.c.content_hash.is_not(None),
        )
        theirs = select(pages.c.id).where(
            self.scope.owns(pages), pages.c.site_id == site_id, pages.c.url.not_in(gone)
        )
        question = select(func.count()).where(
            self.scope.owns(passages), passages.c.page_id.in_(theirs)
        )
        return int(self.scope.ask(question).scalar_one())

    def reopen(self, crawl: Crawl, *, stale_before: datetime, now: datetime) -> None:
        fetched_at = crawl_urls.c.fetched_at
        self.scope.execute(
            update(crawl_urls)
            .where(
                self.scope.owns(crawl_urls),
                crawl_urls.c.site_id == crawl.site_id,
                crawl_urls.c.crawl_id != crawl.id,
                crawl_urls.c.state != GONE,
                fetched_at.is_(None) | (fetched_at <= stale_before),
            )
            .values(
                crawl_id=crawl.id,
                state=WAITING,
                reason=None,
                attempts=0,
                size=0,
                due_at=now,
                lease=None,
            )
        )

    def add(
        self, crawl: Crawl, found: Sequence[Found], *, stale_before: datetime, now: datetime
    ) -> None:
        if not found:
            return
        hosts = {host_of(each.url) for each in found}
        self.scope.write(HOSTS, [{"site_id": crawl.site_id, "host": host} for host in hosts])
        rows = {each.url: row_of(crawl, each, now) for each in found}
        self.scope.write(adding(stale_before), list(rows.values()))

    def spare(self, crawl: Crawl, dated: Sequence[Dated], *, now: datetime) -> None:
        rows = [
            {
                **self._of(crawl),
                "p_site_id": crawl.site_id,
                "p_key": key_of(each.url),
                "p_since": each.read_since(now),
            }
            for each in dated
        ]
        if rows:
            self.scope.execute(sparing(), sorted(rows, key=lambda row: row["p_key"]))

    def are_named(self, crawl: Crawl, *, now: datetime) -> bool:
        left = self.scope.ask(counting_named(), {**self._of(crawl), "p_now": now})
        return not left.scalar_one()

    def read_anew(self, site_id: SiteId) -> None:
        kept = crawl_urls.c.content_hash
        self.scope.execute(
            update(crawl_urls)
            .where(self.scope.owns(crawl_urls), crawl_urls.c.site_id == site_id)
            .values(
                content_hash=case((kept.is_not(None), TO_READ_ANEW)),
                etag=None,
                last_modified=None,
                fetched_at=None,
                lease=None,
            )
        )

    def under_way(self, site_id: SiteId, host: str, *, now: datetime) -> tuple[int, int]:
        found = self.scope.ask(
            counting_leased(),
            {
                "p_organization_id": self.scope.organization_id,
                "p_site_id": site_id,
                "p_host": host,
                "p_now": now,
            },
        )
        leased = tuple(map(int, found.one()))
        return leased[0], leased[1]

    def lease(
        self,
        crawl: Crawl,
        host: str,
        *,
        limit: int,
        lease: UUID,
        now: datetime,
        until: datetime,
        seeds: bool = False,
    ) -> Sequence[Leased]:
        found = self.scope.execute(
            leasing(seeds),
            {
                **self._of(crawl),
                "p_host": host,
                "p_limit": limit,
                "p_lease": lease,
                "p_now": now,
                "p_until": until,
            },
        )
        return [leased_of(row) for row in found.all()]

    def record(self, crawl: Crawl, page: Leased, became: Became, *, now: datetime) -> bool:
        values = self._recorded(crawl, page, became, now)
        statement = recording(tuple(sorted(values))).returning(crawl_urls.c.key)
        return self.scope.execute(statement, values).first() is not None

    def record_all(
        self, crawl: Crawl, came: Sequence[tuple[Leased, Became]], *, now: datetime
    ) -> None:
        alike = defaultdict[tuple[str, ...], list[dict[str, Any]]](list)
        for page, became in came:
            values = self._recorded(crawl, page, became, now)
            alike[tuple(sorted(values))].append(values)
        for names, rows in alike.items():
            self.scope.execute(recording(names), sorted(rows, key=lambda row: row["p_key"]))

    def give_back(self, crawl: Crawl, lease: UUID, *, now: datetime) -> None:
        self.scope.execute(giving_back(), {**self._of(crawl), "p_lease": lease, "p_now": now})

    def count_read(self, crawl: Crawl) -> int:
        return int(self.scope.ask(counting_read(), self._of(crawl)).scalar_one())

    def _recorded(
        self, crawl: Crawl, page: Leased, became: Became, now: datetime
    ) -> dict[str, Any]:
        values: dict[str, Any] = {
            **self._of(crawl),
            "p_site_id": crawl.site_id,
            "p_key": key_of(page.url),
            "p_lease": page.lease,
            "p_state": became.state.value,
            "p_reason": became.reason,
            "p_status": became.status,
            "p_size": became.size,
            "p_due_at": became.due_at or now,
        }
        if became.content_hash is not None:
            values["p_content_hash"] = became.content_hash
        if became.content_hash is not None or became.etag or became.last_modified:
            values["p_etag"] = fitting(became.etag, LONGEST_ETAG)
            values["p_last_modified"] = fitting(became.last_modified, LONGEST_DATE)
        if became.state not in NOT_READ:
            values["p_fetched_at"] = now
        return values

    def next_due(self, crawl: Crawl) -> datetime | None:
        due: datetime | None = self.scope.ask(finding_due(), self._of(crawl)).scalar_one()
        return due

    def skip_rest(self, crawl: Crawl, reason: str) -> None:
        self.scope.execute(
            update(crawl_urls)
            .where(
                self.scope.owns(crawl_urls),
                crawl_urls.c.crawl_id == crawl.id,
                crawl_urls.c.state == WAITING,
            )
            .values(state=PageState.SKIPPED.value, reason=reason, lease=None)
        )

    def tally(self, crawl: Crawl) -> Tally:
        return tally_of(self.scope.ask(tallying(), self._of(crawl)).all())

    def forget(self, site_id: SiteId) -> None:
        theirs = crawl_urls.c.site_id == site_id
        self.scope.execute(delete(crawl_urls).where(self.scope.owns(crawl_urls), theirs))

    def drop_gone(self, crawl: Crawl, *, limit: int) -> Sequence[str]:
        some = (
            select(crawl_urls.c.key)
            .where(
                self.scope.owns(crawl_urls),
                crawl_urls.c.crawl_id == crawl.id,
                crawl_urls.c.state == GONE,
                crawl_urls.c.content_hash.is_not(None),
            )
            .order_by(crawl_urls.c.key)
            .limit(limit)
        )
        dropped = self.scope.execute(
            update(crawl_urls)
            .where(
                self.scope.owns(crawl_urls),
                crawl_urls.c.site_id == crawl.site_id,
                crawl_urls.c.key.in_(some),
            )
            .values(content_hash=None, etag=None, last_modified=None)
            .returning(crawl_urls.c.url)
        )
        return dropped.scalars().all()

    def _of(self, crawl: Crawl) -> dict[str, Any]:
        return {"p_organization_id": self.scope.organization_id, "p_crawl_id": crawl.id}
