"""Who reads documentation dies in the middle of it, and no page is lost or read a second time.

`pytest tests/chaos/test_crawls.py --chaos-tree=/usr/share/doc/python3/html` reads a real one.
"""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import anyio
import attrs
import pytest
from sqlalchemy import select

from adapters.schema.crawls import crawl_urls
from adapters.schema.documentation import pages
from adapters.sql.database import EVERYBODY
from adapters.sql.databases import open_database
from domain.documentation.urls import path_of
from entrypoints.wiring.ambient import pause
from tests.chaos.conftest import Place
from tests.chaos.documentation import FaultyTree, faulty
from tests.chaos.programs import Site
from tests.cli.warm import Started, warm
from tests.contract.databases import PATIENT

pytestmark = pytest.mark.anyio

PAGES, LINKS, AT_ONCE = 36, 4, 4
PAGE = "<html><body><main><h1>{0}</h1><p>What page {0} says.</p>{1}</main></body></html>"
LONGEST = 600.0
KILLED_AT = (1 / 3, 2 / 3)
FAILED = {
    "/broken.html": "http_500",
    "/huge.html": "too_large",
    "/private/page.html": "robots",
}


@pytest.fixture
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    given: Path | None = request.config.getoption("chaos_tree", None)
    return given or _written(tmp_path / "tree")


def _written(folder: Path) -> Path:
    folder.mkdir()
    for number in range(PAGES):
        others = ((number * LINKS + more) % PAGES for more in range(LINKS))
        links = "".join(f'<a href="{other}.html">{other}</a>' for other in others)
        (folder / f"{number}.html").write_text(PAGE.format(number, links))
    return folder


@attrs.frozen
class Kept:
    """What became of every page, by its path; `pages` are those that are found."""

    hashes: Mapping[str, str]
    reasons: Mapping[str, str]
    pages: Mapping[str, str]


async def look(site: Site) -> Kept:
    database = open_database(site.url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    asked = select(crawl_urls.c.url, crawl_urls.c.content_hash, crawl_urls.c.reason)
    found = select(pages.c.url, pages.c.content_hash)
    known = await database.read(lambda one: one.execute(asked).all(), of=EVERYBODY)
    kept = await database.read(lambda one: one.execute(found).all(), of=EVERYBODY)
    await database.close()
    return Kept(
        {path_of(row.url): row.content_hash for row in known if row.content_hash},
        {path_of(row.url): row.reason for row in known if row.reason},
        {path_of(row.url): row.content_hash for row in kept},
    )


@attrs.frozen
class Terminals:
    """Each runs the crawler, with what a module `planted` in it."""

    site: Site
    tree: FaultyTree
    planted: str = ""

    def begin(self) -> Started:
        options = ("--organization", "desk", "--delay", "0", "--at-once", str(AT_ONCE))
        asked = ["crawl", self.tree.start, *options]
        environment = self.site.environment(INTERNAL_HOSTS=self.tree.host)
        log = self.site.folder / "crawl.log"
        return warm().start(asked, environment, log, planted=self.planted)

    async def end(self, *running: Started) -> None:
        codes = [await anyio.to_thread.run_sync(one.wait, LONGEST) for one in running]
        assert set(codes) == {0}, (self.site.folder / "crawl.log").read_text()[-2000:]

    async def torment(self, running: list[Started]) -> Sequence[tuple[int, set[str]]]:
        """Kills one early and the other late; how much was sent by then, and which pages kept."""
        stored = []
        for victim, share in enumerate(KILLED_AT):
            await self.has_sent(round(len(self.tree.hashes) * share))
            await self.has_stored_more()
            os.kill(running[victim].pid, signal.SIGKILL)
            await anyio.to_thread.run_sync(running[victim].wait)
            kept = await look(self.site)
            stored.append((len(self.tree.answered), set(kept.hashes)))
            running[victim] = self.begin()
        return stored

    async def has_sent(self, many: int) -> None:
        while len(self.tree.fetched()) < many:  # noqa: ASYNC110  (whoever answers is no task)
            await anyio.sleep(0.01)

    async def has_stored_more(self) -> None:
        """Than when this was asked: whoever stores is in the midst of it."""
        before = len((await look(self.site)).hashes)
        while len((await look(self.site)).hashes) == before:  # noqa: ASYNC110  (see above)
            await anyio.sleep(0.01)


@attrs.frozen
class After:
    """What there was to see of a crawl that two read, of whom each was killed once.

    `stored` has how many pages there were at each kill, and which of them were sent again.
    """

    kept: Kept
    good: Mapping[str, str]
    stored: Sequence[tuple[int, set[str]]]
    fetched: int
    requests: tuple[int, int]
    private: bool

    def wrong(self) -> set[str]:
        reasons = {path: self.kept.reasons.get(path) for path in self.good}
        listed = {path: each for path, each in self.good.items() if reasons[path] != "noindex"}
        first, second = self.requests
        findings = {
            "recorded": self.kept.hashes == listed,
            "found": self.kept.pages == self.kept.hashes,
            "sent again": not any(again for _, again in self.stored),
            "sent often": self.fetched <= len(self.good) + len(KILLED_AT) * AT_ONCE,
            "reasons": {path: self.kept.reasons.get(path) for path in FAILED} == FAILED,
            "robots": not self.private,
            "second": second * 2 <= first,
        }
        return {name for name, right in findings.items() if not right}


async def crawled(site: Site, tree: Path, seed: int, planted: str = "") -> After:
    migrated = warm().run(["migrate"], site.environment(), "")
    assert migrated.returncode == 0, migrated.stderr
    async with faulty(tree, seed) as served:
        terminals = Terminals(site, served, planted)
        running = [terminals.begin()]
        await terminals.has_sent(1)
        running.append(terminals.begin())
        stored = await terminals.torment(running)
        await terminals.end(*running)
        kept, first, fetched = await look(site), len(served.answered), served.fetched()
        again = [(len(there), served.fetched(since).keys() & there) for since, there in stored]
        await terminals.end(terminals.begin())
    return After(
        kept,
        served.hashes,
        again,
        fetched.total(),
        (first, len(served.answered) - first),
        any(each.path.startswith("/private/") for each in served.answered),
    )


async def test_every_page_is_kept_once_whoever_dies(
    chosen_place: Place, tree: Path, seed: int, tell: Callable[[str], None]
) -> None:
    """Two read one crawl; each is killed, and goes on at once."""
    after = await crawled(chosen_place.site, tree, seed)

    first, second = after.requests
    tell(f"  killed with {[many for many, _ in after.stored]} of {len(after.good)} pages stored")
    tell(f"  {first} requests for {after.fetched} pages, and {second} the second time")
    assert not after.wrong(), after


async def test_copies_in_a_second_transaction_are_found_to_be_lost(
    sqlite_place: Place, tree: Path, seed: int
) -> None:
    after = await crawled(sqlite_place.site, tree, seed, "tests.chaos.planted_crawls")

    assert "found" in after.wrong()
