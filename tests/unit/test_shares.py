"""Who reads a crawl at the command line."""

from pathlib import Path
from uuid import UUID

from domain.kernel.identifiers import CrawlId
from entrypoints.cli.shares import share_of

CRAWL = CrawlId(UUID(int=1))


def test_one_after_the_other_is_the_same_and_one_beside_the_other_is_not(tmp_path: Path) -> None:
    with share_of(CRAWL, tmp_path) as first, share_of(CRAWL, tmp_path) as beside:
        pass
    with share_of(CRAWL, tmp_path) as again:
        pass

    assert first == again != beside
