"""What the frontier writes of an address, anew or again."""

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from adapters.repositories.frontier_statements import GONE, WAITING
from adapters.schema.crawls import crawl_hosts, crawl_urls
from adapters.sql.bulk import Bulk
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Found
from domain.documentation.urls import host_of

LONGEST_ETAG, LONGEST_DATE = 200, 100

HOSTS = Bulk.into(crawl_hosts)
ADDED_ANEW = (
    "crawl_id",
    "state",
    "reason",
    "depth",
    "hops",
    "attempts",
    "due_at",
    "lease",
    "seed",
)


def key_of(url: str) -> str:
    return sha256(url.encode()).hexdigest()


@lru_cache(maxsize=16)
def adding(stale_before: datetime) -> Bulk:
    """The same all through a crawl."""
    fetched_at = crawl_urls.c.fetched_at
    stale = fetched_at.is_(None) | (fetched_at <= stale_before) | (crawl_urls.c.state == GONE)
    return Bulk.into(crawl_urls).replacing(
        *ADDED_ANEW, only_if=lambda new: (crawl_urls.c.crawl_id != new.crawl_id) & stale
    )


def row_of(crawl: Crawl, found: Found, now: datetime) -> dict[str, Any]:
    return {
        "site_id": crawl.site_id,
        "key": key_of(found.url),
        "url": found.url,
        "host": host_of(found.url),
        "crawl_id": crawl.id,
        "state": WAITING,
        "reason": None,
        "depth": found.depth,
        "hops": found.hops,
        "attempts": 0,
        "due_at": now,
        "lease": None,
        "size": 0,
        "seed": found.seed,
    }


def fitting(written: str | None, longest: int) -> str | None:
    """What would not fit is not cut, which would make it another."""
    return written if written and len(written) <= longest else None
