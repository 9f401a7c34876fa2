"""Crawls in JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from application.documentation.crawl_views import PageFailed, Progress
from domain.documentation.crawl import Crawl, CrawlState
from entrypoints.http.page_shapes import PageUrl
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import ONE_LINE, Identifier, Moment, Output, Version

Reason = Annotated[str, Meta(pattern=ONE_LINE, max_length=40, examples=["http_503"])]
Pages = Annotated[int, Meta(ge=0, le=10**9, examples=[512])]


class CrawlBody(Output, frozen=True):
    """`reason` is why it is, or was, blocked."""

    id: Identifier
    version: Version
    site_id: Identifier
    state: CrawlState
    reason: Reason | None
    started_at: Moment
    ended_at: Moment | None

    @classmethod
    def of(cls, crawl: Crawl) -> "CrawlBody":
        return cls(
            id=crawl.id,
            version=crawl.version,
            site_id=crawl.site_id,
            state=crawl.state,
            reason=crawl.reason,
            started_at=crawl.started_at,
            ended_at=crawl.ended_at,
        )


class CrawlPage(Output, frozen=True):
    items: Annotated[Sequence[CrawlBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class FailuresBody(Output, frozen=True):
    """How many pages failed, or were left out, for that reason."""

    reason: Reason
    pages: Pages


class CrawlProgressBody(Output, frozen=True):
    """Counts are of pages. `done` of those that were `found` are waited for no more; `unasked` of
    those that are `unchanged` were not asked for, as their sitemap says when they changed last.

    The rate is the average since the crawl began; `seconds_left` what follows from that, if no
    more is found, and null as long as nobody knows.
    """

    found: Pages
    done: Pages
    waiting: Pages
    fetched: Pages
    added: Pages
    changed: Pages
    unchanged: Pages
    unasked: Pages
    gone: Pages
    moved: Pages
    skipped: Pages
    failed: Pages
    failures: Annotated[Sequence[FailuresBody], Meta(max_length=1000)]
    skips: Annotated[Sequence[FailuresBody], Meta(max_length=1000)]
    bytes: Annotated[int, Meta(ge=0, le=10**15)]
    pages_per_second: Annotated[float, Meta(ge=0, examples=[0.9])]
    seconds_left: Annotated[float, Meta(ge=0, examples=[480.0])] | None

    @classmethod
    def of(cls, progress: Progress, now: datetime) -> "CrawlProgressBody":
        tally, left = progress.tally, progress.seconds_left(now)
        return cls(
            found=tally.found,
            done=tally.done,
            waiting=tally.waiting,
            fetched=tally.read,
            added=tally.added,
            changed=tally.changed,
            unchanged=tally.unchanged,
            unasked=tally.unasked,
            gone=tally.gone,
            moved=tally.moved,
            skipped=tally.skipped,
            failed=tally.failed,
            failures=_reasons(progress.failures),
            skips=_reasons(progress.skips),
            bytes=tally.bytes,
            pages_per_second=round(progress.pages_a_second(now), 3),
            seconds_left=None if left is None else round(left, 1),
        )


def _reasons(pages: Mapping[str, int]) -> Sequence[FailuresBody]:
    return [FailuresBody(reason=reason, pages=number) for reason, number in sorted(pages.items())]


class CrawlShown(CrawlBody, frozen=True):
    """`progress` is null once another crawl of the site began, whose pages they are then."""

    progress: CrawlProgressBody | None

    @classmethod
    def at(cls, progress: Progress, now: datetime) -> "CrawlShown":
        crawl = progress.crawl
        return cls(
            id=crawl.id,
            version=crawl.version,
            site_id=crawl.site_id,
            state=crawl.state,
            reason=crawl.reason,
            started_at=crawl.started_at,
            ended_at=crawl.ended_at,
            progress=CrawlProgressBody.of(progress, now) if progress.is_latest else None,
        )


class FailureBody(Output, frozen=True):
    """`status` is what the site answered, if it did."""

    url: PageUrl
    reason: Reason
    status: Annotated[int, Meta(ge=100, le=999, examples=[503])] | None

    @classmethod
    def of(cls, failed: PageFailed) -> "FailureBody":
        return cls(url=failed.url, reason=failed.reason, status=failed.status)


class FailurePage(Output, frozen=True):
    items: Annotated[Sequence[FailureBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
