"""Pages are taken apart by processes, which may die or never come to an end."""

from collections.abc import AsyncIterator
from functools import partial
from uuid import UUID

import attrs
import pytest

from adapters.extraction.parsers import Parsers
from application.documentation.ports import Interrupted, Unreadable
from application.documentation.read_page import Extract, PageReader
from application.kernel.web import Fetched
from domain.documentation.frontier import Leased, PageState
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import ReadPage
from tests.samples import NOW
from tests.samples_of_crawls import site

pytestmark = pytest.mark.anyio

PAGE = b"<html><body><main><h1>Rooms</h1><p>About rooms.</p></main></body></html>"
URL = "https://docs.example/rooms.html"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def parsers() -> AsyncIterator[Parsers]:
    parsers = Parsers(most=1, few=1)
    yield parsers
    await parsers.close()


def reading(extract: Extract, body: bytes = PAGE, kind: SiteKind = SiteKind.SPHINX) -> partial:  # type: ignore[type-arg]
    return partial(extract, kind, body, url=URL, content_type="text/html")


async def test_a_process_reads_as_we_do(parsers: Parsers) -> None:
    here, there = await reading(parsers)(), await reading(parsers)()

    assert here == there
    assert (here.title, len(here.words)) == ("Rooms", 1)
    with pytest.raises(Unreadable):
        await reading(parsers, b"no description", SiteKind.OPENAPI)()
    assert await reading(parsers)() == here


async def test_who_dies_is_replaced(parsers: Parsers) -> None:
    parsers.few = 0
    parsers.command = ("-c", "")
    with pytest.raises(Interrupted):
        await reading(parsers)()


async def test_no_page_takes_for_ever(parsers: Parsers) -> None:
    parsers.few, parsers.longest = 0, 0.05
    parsers.command = ("-c", "import time; time.sleep(60)")
    with pytest.raises(Unreadable, match="took_too_long"):
        await reading(parsers)()


async def test_a_page_whose_reader_died_is_read_again() -> None:
    async def page(url: str, **_: object) -> Fetched:
        return Fetched(url=url, status=200, headers={}, body=PAGE)

    async def dies(*_: object, **__: object) -> ReadPage:
        raise Interrupted

    reader = PageReader(
        fetch=page, extract=dies, digest=str, clock=lambda: NOW, chance=lambda _: 0, user_agent=""
    )
    leased = Leased(url=URL, depth=0, hops=0, attempts=1, lease=UUID(int=1))
    came = await reader(site(), leased)
    last = await reader(site(), attrs.evolve(leased, attempts=4))

    assert (came.became.state, last.became.state) == (PageState.WAITING, PageState.FAILED)
