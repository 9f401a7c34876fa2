"""How many pages whoever reads takes at once."""

from datetime import timedelta
from uuid import UUID

import pytest

from application.documentation.crawl_site import MOST_TOGETHER, MOST_UNCHANGED, Hand
from application.documentation.lease_pages import Turn
from domain.documentation.crawl import Crawl, CrawlState
from domain.documentation.frontier import Became, Leased, PageState
from domain.kernel.identifiers import CrawlId
from tests.samples import NOW
from tests.samples_of_crawls import site

PAGE = Leased(url="https://docs.example/", depth=0, hops=0, attempts=1, lease=UUID(int=1))
SAME = Became(state=PageState.UNCHANGED)
BEGUN = Crawl(
    id=CrawlId(UUID(int=2)),
    site_id=site().id,
    state=CrawlState.CRAWLING,
    kept_before=0,
    started_at=NOW,
)
TURN = Turn(crawl=BEGUN, site=site(), pages=(PAGE,) * MOST_TOGETHER)


@pytest.mark.parametrize(
    ("unchanged", "seconds", "limit"),
    [
        (MOST_TOGETHER, 0.1, MOST_UNCHANGED),
        (MOST_TOGETHER - 1, 0.1, MOST_TOGETHER),
        (MOST_TOGETHER, 2, MOST_TOGETHER // 2),
    ],
)
def test_more_at_once_where_nothing_has_changed(
    unchanged: int, seconds: float, limit: int
) -> None:
    hand = Hand(UUID(int=1), limit=MOST_TOGETHER)
    hand.take(TURN, NOW)
    hand.done = [(PAGE, SAME)] * unchanged
    hand.take(TURN, NOW + timedelta(seconds=seconds))

    assert (hand.limit, hand.done) == (limit, [])
