"""What is asked of the frontier all the time, built once."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Update, bindparam, func, select, true, update

from adapters.mapping.crawls import SUMS, UNASKED
from adapters.schema.crawls import crawl_urls
from domain.documentation.frontier import TO_READ_ANEW, PageState

WAITING = PageState.WAITING.value
GONE = PageState.GONE.value
READ = (PageState.ADDED.value, PageState.CHANGED.value, PageState.UNCHANGED.value)
OF_CRAWL = (
    crawl_urls.c.organization_id == bindparam("p_organization_id"),
    crawl_urls.c.crawl_id == bindparam("p_crawl_id"),
)
OF_PAGE = (
    *OF_CRAWL,
    crawl_urls.c.site_id == bindparam("p_site_id"),
    crawl_urls.c.key == bindparam("p_key"),
)
KEY = frozenset({"p_organization_id", "p_crawl_id", "p_site_id", "p_key", "p_lease"})


@lru_cache(maxsize=1)
def tallying() -> Any:
    return (
        select(crawl_urls.c.state, func.count().label("number"), *SUMS)
        .where(
            *OF_CRAWL,
        )
        .group_by(crawl_urls.c.state)
    )


@lru_cache(maxsize=2)
def leasing(seeds: bool) -> Any:  # noqa: FBT001  (the cache takes it as it is)
    due = (
        select(crawl_urls.c.site_id, crawl_urls.c.key)
        .where(
            *OF_CRAWL,
            crawl_urls.c.host == bindparam("p_host"),
            crawl_urls.c.state == WAITING,
            crawl_urls.c.due_at <= bindparam("p_now", type_=crawl_urls.c.due_at.type),
            crawl_urls.c.seed.is_(True) if seeds else true(),
        )
        .order_by(crawl_urls.c.due_at, crawl_urls.c.key)
        .limit(bindparam("p_limit"))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        update(crawl_urls)
        .where(
            crawl_urls.c.organization_id == bindparam("p_organization_id"),
            crawl_urls.c.site_id == due.c.site_id,
            crawl_urls.c.key == due.c.key,
        )
        .values(
            lease=bindparam("p_lease"),
            due_at=bindparam("p_until", type_=crawl_urls.c.due_at.type),
            attempts=crawl_urls.c.attempts + 1,
        )
        .returning(crawl_urls)
    )


@lru_cache(maxsize=1)
def counting_leased() -> Any:
    return select(func.count(crawl_urls.c.lease.distinct()), func.count()).where(
        crawl_urls.c.organization_id == bindparam("p_organization_id"),
        crawl_urls.c.site_id == bindparam("p_site_id"),
        crawl_urls.c.host == bindparam("p_host"),
        crawl_urls.c.state == WAITING,
        crawl_urls.c.lease.is_not(None),
        crawl_urls.c.due_at > bindparam("p_now", type_=crawl_urls.c.due_at.type),
    )


@lru_cache(maxsize=1)
def counting_named() -> Any:
    """Files that name pages, which nobody has asked for or somebody reads."""
    is_read = crawl_urls.c.lease.is_not(None) & (
        crawl_urls.c.due_at > bindparam("p_now", type_=crawl_urls.c.due_at.type)
    )
    return select(func.count()).where(
        *OF_CRAWL,
        crawl_urls.c.state == WAITING,
        crawl_urls.c.seed.is_(True),
        (crawl_urls.c.attempts == 0) | is_read,
    )


@lru_cache(maxsize=1)
def sparing() -> Update:
    return (
        update(crawl_urls)
        .where(
            *OF_PAGE,
            crawl_urls.c.state == WAITING,
            crawl_urls.c.lease.is_(None),
            crawl_urls.c.content_hash != TO_READ_ANEW,
            crawl_urls.c.fetched_at >= bindparam("p_since", type_=crawl_urls.c.fetched_at.type),
        )
        .values(state=PageState.UNCHANGED.value, reason=UNASKED)
    )


@lru_cache(maxsize=1)
def counting_read() -> Any:
    return select(func.count()).where(
        *OF_CRAWL,
        crawl_urls.c.state.in_(READ),
    )


@lru_cache(maxsize=1)
def finding_due() -> Any:
    return select(func.min(crawl_urls.c.due_at)).where(
        *OF_CRAWL,
        crawl_urls.c.state == WAITING,
    )


@lru_cache(maxsize=1)
def giving_back() -> Update:
    return (
        update(crawl_urls)
        .where(
            *OF_CRAWL,
            crawl_urls.c.state == WAITING,
            crawl_urls.c.lease == bindparam("p_lease"),
        )
        .values(lease=None, due_at=bindparam("p_now", type_=crawl_urls.c.due_at.type))
    )


@lru_cache(maxsize=8)
def recording(names: tuple[str, ...]) -> Update:
    columns = [name.removeprefix("p_") for name in names if name not in KEY]
    values = {name: bindparam(f"p_{name}", type_=crawl_urls.c[name].type) for name in columns}
    return (
        update(crawl_urls)
        .where(
            *OF_PAGE,
            crawl_urls.c.lease == bindparam("p_lease"),
        )
        .values(lease=None, **values)
    )
