"""What is promised about documentation, broken behind the program's back."""

from uuid import UUID

from adapters.schema.crawls import crawl_urls, sites
from adapters.schema.documentation import fresh_words, pages, passages, postings
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks

SITE = UUID("016f5e66-e800-7000-8000-00000000517e")


def forge_page(saboteur: Saboteur) -> None:
    saboteur.insert(
        pages,
        id=DRAWN_LONG_AGO,
        site_id=SITE,
        url="https://docs.example/forged",
        title="Forged",
        kind="guide",
        content_hash="forged",
        fetched_at=LONG_AGO,
        changed_at=LONG_AGO,
    )


def forge_site(saboteur: Saboteur, **values: object) -> None:
    saboteur.insert(
        sites, id=SITE, version=1, title="Forged", kind="generic", reading={}, **values
    )


@breaks("addresses_are_of_crawls_of_their_site")
def an_address_that_no_crawl_knows(saboteur: Saboteur) -> object:
    forge_site(saboteur)
    saboteur.insert(
        crawl_urls,
        site_id=SITE,
        key="forged",
        url="https://docs.example/forged",
        host="docs.example",
        crawl_id=DRAWN_LONG_AGO,
        state="waiting",
        depth=0,
        hops=0,
        attempts=0,
        due_at=LONG_AGO,
        size=0,
    )
    return DRAWN_LONG_AGO


@breaks("pages_belong_somewhere")
def a_page_of_nothing(saboteur: Saboteur) -> object:
    forge_page(saboteur)
    return DRAWN_LONG_AGO


@breaks("passages_can_be_found")
def a_passage_without_words(saboteur: Saboteur) -> object:
    forge_site(saboteur)
    forge_page(saboteur)
    for number in (1, 2):
        saboteur.insert(
            passages,
            id=DRAWN_LONG_AGO if number == 1 else SITE,
            page_id=DRAWN_LONG_AGO,
            number=number,
            position=number,
            digest="forged",
            anchor="",
            body="forged",
            headings=[],
            symbols=[],
        )
    saboteur.insert(fresh_words, number=2, words=b"")
    return DRAWN_LONG_AGO


@breaks("postings_lie_on_shelves")
def postings_of_a_shelf_that_was_taken_down(saboteur: Saboteur) -> object:
    for term in ("forged", "twice"):
        saboteur.insert(postings, term=term, shelf=7, holding=b"")
    return 7


@breaks("sites_are_read_on_schedule")
def a_schedule_that_never_comes(saboteur: Saboteur) -> object:
    forge_site(saboteur, schedule={})
    return SITE
