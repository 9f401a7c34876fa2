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
    site: Site
    tree: FaultyTree

    def begin(self) -> Started:
        asked = ("--organization", "desk", "--delay", "0", "--at-once", str(AT_ONCE))
        return warm().start(
            ["crawl", self.tree.start, *asked],
            self.site.environment(INTERNAL_HOSTS=self.tree.host),
            self.site.folder / "crawl.log",
        )

    async def end(self, *running: Started) -> None:
        codes = [await anyio.to_thread.run_sync(one.wait, LONGEST) for one in running]
        assert set(codes) == {0}, (self.site.folder / "crawl.log").read_text()[-2000:]

    async def torment(self, running: list[Started]) -> Sequence[tuple[int, set[str]]]:
        """Kills one early and the other late; how much was sent by then, and which pages kept."""
        stored = []
        for victim, share in enumerate(KILLED_AT):
            await self.has_sent(round(len(self.tree.hashes) * share))
            os.kill(running[victim].pid, signal.SIGKILL)
            await anyio.to_thread.run_sync(running[victim].wait)
            kept = await look(self.site)
            stored.append((len(self.tree.answered), set(kept.hashes)))
            running[victim] = self.begin()
        return stored

    async def has_sent(self, many: int) -> None:
        while len(self.tree.fetched()) < many:  # noqa: ASYNC110  (whoever answers is no task)
            await anyio.sleep(0.01)


async def test_every_page_is_kept_once_whoever_dies(
    chosen_place: Place, tree: Path, seed: int, tell: Callable[[str], None]
) -> None:
    """Two read one crawl; each is killed, and goes on at once."""
    site = chosen_place.site
    migrated = warm().run(["migrate"], site.environment(), "")
    assert migrated.returncode == 0, migrated.stderr
    async with faulty(tree, seed) as served:
        terminals = Terminals(site, served)
        running = [terminals.begin()]
        await terminals.has_sent(1)
        running.append(terminals.begin())
        stored = await terminals.torment(running)
        await terminals.end(*running)
        kept, first = await look(site), len(served.answered)
        fetched = served.fetched()
        again = [served.fetched(since).keys() & there for since, there in stored]
        await terminals.end(terminals.begin())

    second = len(served.answered) - first
    good = {path: kept.reasons.get(path) for path in served.hashes}
    tell(f"  killed with {[len(there) for _, there in stored]} of {len(good)} pages stored")
    tell(f"  {first} requests for {fetched.total()} pages, and {second} the second time")
    unlisted = {path for path, reason in good.items() if reason == "noindex"}
    assert kept.hashes == {path: served.hashes[path] for path in good.keys() - unlisted}
    assert kept.pages == kept.hashes
    assert again == [set(), set()]
    assert fetched.total() <= len(good) + len(KILLED_AT) * AT_ONCE
    assert {path: kept.reasons[path] for path in FAILED} == FAILED
    assert not any(each.path.startswith("/private/") for each in served.answered)
    assert second * 2 <= first
