"""What is kept of documentation can be found, and belongs to whatever it was read of."""

from collections.abc import Sequence

from sqlalchemy import and_, exists, not_, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.crawls import crawl_urls, crawls, sites
from adapters.schema.documentation import fresh_words, pages, passages, postings, shelves
from adapters.schema.documents import documents


def documentation_checks() -> Sequence[Check]:
    return (
        _addresses_are_of_crawls_of_their_site(),
        _pages_belong_somewhere(),
        _passages_can_be_found(),
        _postings_lie_on_shelves(),
        _sites_are_read_on_schedule(),
    )


def _addresses_are_of_crawls_of_their_site() -> Check:
    theirs = and_(
        crawls.c.organization_id == crawl_urls.c.organization_id,
        crawls.c.id == crawl_urls.c.crawl_id,
    )
    return Check(
        name="addresses_are_of_crawls_of_their_site",
        question=select(
            crawl_urls.c.organization_id,
            crawl_urls.c.crawl_id.label("subject"),
            crawl_urls.c.site_id,
        )
        .outerjoin_from(crawl_urls, crawls, theirs)
        .where(or_(crawls.c.id.is_(None), crawls.c.site_id != crawl_urls.c.site_id))
        .distinct(),
        detail="has read addresses of site {site_id}, which is none of its own",
    )


def _pages_belong_somewhere() -> Check:
    """Those of a site that was deleted go by and by."""
    read = exists().where(
        sites.c.organization_id == pages.c.organization_id, sites.c.id == pages.c.site_id
    )
    handed_in = exists().where(
        documents.c.organization_id == pages.c.organization_id, documents.c.id == pages.c.site_id
    )
    return Check(
        name="pages_belong_somewhere",
        question=select(
            pages.c.organization_id, pages.c.id.label("subject"), pages.c.site_id
        ).where(not_(read), not_(handed_in)),
        detail="is of {site_id}, and there is neither such a site nor such a document",
    )


def _passages_can_be_found() -> Check:
    """By words that are new, or by those on the one shelf that has its number."""
    fresh = exists().where(
        fresh_words.c.organization_id == passages.c.organization_id,
        fresh_words.c.number == passages.c.number,
    )
    shelved = exists().where(
        shelves.c.organization_id == passages.c.organization_id,
        shelves.c.first <= passages.c.number,
        shelves.c.last >= passages.c.number,
    )
    return Check(
        name="passages_can_be_found",
        question=select(
            passages.c.organization_id, passages.c.id.label("subject"), passages.c.number
        ).where(fresh == shelved),
        detail="has the number {number}, whose words are nowhere, or in two places",
    )


def _sites_are_read_on_schedule() -> Check:
    """A site without a next time would never be read again, and nobody would notice."""
    is_scheduled = and_(sites.c.schedule.is_not(None), sites.c.deleted_at.is_(None))
    return Check(
        name="sites_are_read_on_schedule",
        question=select(
            sites.c.organization_id, sites.c.id.label("subject"), sites.c.next_read_at
        ).where(is_scheduled != sites.c.next_read_at.is_not(None)),
        detail="is read the next time at {next_read_at}, which its schedule does not say",
    )


def _postings_lie_on_shelves() -> Check:
    there = exists().where(
        shelves.c.organization_id == postings.c.organization_id, shelves.c.last == postings.c.shelf
    )
    return Check(
        name="postings_lie_on_shelves",
        question=select(postings.c.organization_id, postings.c.shelf.label("subject"))
        .where(not_(there))
        .distinct(),
        detail="there are postings of this shelf, and there is no such shelf",
    )
