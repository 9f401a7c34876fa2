"""One reading of a site, from its start to what becomes of it in search."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.documentation.events import (
    CrawlApproved,
    CrawlBlocked,
    CrawlCancelled,
    CrawlEvent,
    CrawlFinished,
    CrawlPaused,
    CrawlResumed,
    CrawlStarted,
)
from domain.documentation.frontier import Tally
from domain.kernel.events import Event
from domain.kernel.identifiers import CrawlId, SiteId
from domain.kernel.refusals import Conflict, NotFound

MOST_LOST_PERCENT = 10
MOST_FAILED_PERCENT = 10
FEW = 10
"""Failures that are too few to say anything about a site."""


class CrawlState(Enum):
    PLANNED = "planned"
    DISCOVERING = "discovering"
    CRAWLING = "crawling"
    VERIFYING = "verifying"
    PUBLISHING = "publishing"
    DONE = "done"
    PAUSED = "paused"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"


READING = frozenset({CrawlState.PLANNED, CrawlState.DISCOVERING, CrawlState.CRAWLING})
ENDED = frozenset({CrawlState.DONE, CrawlState.CANCELLED})
ALL = frozenset(CrawlState)


@attrs.frozen
class CrawlNotFound(NotFound):
    code: ClassVar[str] = "crawl_not_found"
    crawl_id: CrawlId

    def __str__(self) -> str:
        return f"no crawl {self.crawl_id}"


@attrs.frozen
class CrawlUnderWay(Conflict):
    """There is one at a time of each site."""

    code: ClassVar[str] = "crawl_under_way"
    crawl_id: CrawlId

    def __str__(self) -> str:
        return f"the site is being read by crawl {self.crawl_id}"


@attrs.frozen
class WrongCrawlState(Conflict):
    code: ClassVar[str] = "wrong_crawl_state"
    state: str

    def __str__(self) -> str:
        return f"that cannot be done with a crawl that is {self.state}"


@attrs.frozen(kw_only=True)
class Crawl:
    """`kept_before` and `passages_before` are how many pages and passages of the site could be
    found in search when it began.

    What it takes away, it takes away at the end, and asks first if that is much.
    """

    id: CrawlId
    site_id: SiteId
    state: CrawlState
    kept_before: int
    started_at: datetime
    ended_at: datetime | None = None
    reason: str | None = None
    passages_before: int = 0
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def start(
        cls,
        id: CrawlId,
        site_id: SiteId,
        *,
        kept_before: int,
        passages_before: int = 0,
        now: datetime,
    ) -> "Crawl":
        crawl = cls(
            id=id,
            site_id=site_id,
            state=CrawlState.PLANNED,
            kept_before=kept_before,
            passages_before=passages_before,
            started_at=now,
        )
        return _told(crawl, CrawlStarted, now)

    @property
    def is_over(self) -> bool:
        return self.state in ENDED

    def discover(self) -> "Crawl":
        return self._from(CrawlState.PLANNED, to=CrawlState.DISCOVERING)

    def read(self) -> "Crawl":
        return self._from(CrawlState.DISCOVERING, to=CrawlState.CRAWLING)

    def verify(self) -> "Crawl":
        return self._from(CrawlState.CRAWLING, to=CrawlState.VERIFYING)

    def judge(self, tally: Tally, *, passages: int = 0, now: datetime) -> "Crawl":
        """It is published, unless too much went wrong for that to be true of the site.

        So many `passages` would be left of it.
        """
        reason = too_much(self.kept_before, tally)
        if reason is None and _are_fewer(self.passages_before, passages):
            reason = "too_many_passages_lost"
        if reason is None:
            return self._from(CrawlState.VERIFYING, to=CrawlState.PUBLISHING)
        blocked = self._from(CrawlState.VERIFYING, to=CrawlState.BLOCKED)
        fact = CrawlBlocked(site_id=self.site_id, crawl_id=self.id, reason=reason, occurred_at=now)
        return attrs.evolve(blocked, reason=reason, events=(*self.events, fact))

    def approve(self, *, now: datetime) -> "Crawl":
        return _told(self._from(CrawlState.BLOCKED, to=CrawlState.PUBLISHING), CrawlApproved, now)

    def finish(self, tally: Tally, *, now: datetime) -> "Crawl":
        done = self._from(CrawlState.PUBLISHING, to=CrawlState.DONE)
        fact = CrawlFinished(
            site_id=self.site_id,
            crawl_id=self.id,
            found=tally.found,
            added=tally.added,
            changed=tally.changed,
            unchanged=tally.unchanged,
            removed=tally.gone,
            failed=tally.failed,
            occurred_at=now,
        )
        return attrs.evolve(done, ended_at=now, events=(*self.events, fact))

    def pause(self, *, now: datetime) -> "Crawl":
        return _told(self._from(*READING, to=CrawlState.PAUSED), CrawlPaused, now)

    def resume(self, *, now: datetime) -> "Crawl":
        """From where it was: what has been read is not read again."""
        return _told(self._from(CrawlState.PAUSED, to=CrawlState.PLANNED), CrawlResumed, now)

    def cancel(self, *, now: datetime) -> "Crawl":
        """Pages that were read stay as they were read, and none is taken away."""
        cancelled = self._from(*(ALL - ENDED), to=CrawlState.CANCELLED)
        return _told(attrs.evolve(cancelled, ended_at=now), CrawlCancelled, now)

    def _from(self, *states: CrawlState, to: CrawlState) -> "Crawl":
        if self.state not in states:
            raise WrongCrawlState(self.state.value)
        return attrs.evolve(self, state=to)


def too_much(kept_before: int, tally: Tally) -> str | None:
    """Why nobody should rely on what a crawl has found, if so."""
    kept_after = kept_before + tally.added - tally.gone
    if _are_fewer(kept_before, kept_after):
        return "too_many_pages_lost"
    asked = tally.read + tally.gone + tally.failed
    if tally.failed >= FEW and 100 * tally.failed > MOST_FAILED_PERCENT * asked:
        return "too_many_pages_failed"
    return None


def _are_fewer(before: int, after: int) -> bool:
    return 100 * after < (100 - MOST_LOST_PERCENT) * before


def _told(crawl: Crawl, fact: type[CrawlEvent], now: datetime) -> Crawl:
    told = fact(site_id=crawl.site_id, crawl_id=crawl.id, occurred_at=now)
    return attrs.evolve(crawl, events=(*crawl.events, told))
