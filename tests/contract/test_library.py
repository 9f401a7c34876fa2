"""Pages are kept by what differs, and found in the same order wherever they are kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import func, select

from adapters.mapping.postings import in_drawer, shelved, terms_in
from adapters.readers.passages import SqlPassageViews
from adapters.repositories import shelves
from adapters.repositories.pages import SqlLibraryWork
from adapters.schema.documentation import fresh_words, libraries, passages, postings
from adapters.schema.documentation import shelves as shelves_table
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.ports import LibraryWork
from application.documentation.views import Found, PassageSearch, PassageViews
from application.kernel.ports import UnitOfWork
from domain.documentation.kinds import DocumentationKind
from domain.documentation.pages import Changed, KeptPage, ReadPage, Section
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SiteId
from tests.contract.databases import opened
from tests.fakes.kept_pages import MemoryLibrary
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

SITE, OTHER_SITE = SiteId(UUID(int=1)), SiteId(UUID(int=2))
URL = "https://docs.example/tasks"


@attrs.frozen
class Library:
    work: UnitOfWork[LibraryWork]
    views: PassageViews
    database: Database | None

    async def keep(self, *pages: KeptPage, actor: Actor = DESK) -> Sequence[Changed]:
        return await self.work(actor, lambda work: [work.pages.keep(page) for page in pages])

    async def forget(self, url: str = URL, actor: Actor = DESK) -> None:
        await self.work(actor, lambda work: work.pages.forget(SITE, url, at=NOW))

    async def search(self, words: str, *, actor: Actor = DESK) -> Found:
        return await self.views.search(actor, PassageSearch(words=words))

    async def urls(self, words: str, *, actor: Actor = DESK) -> list[str]:
        return [each.url for each in (await self.search(words, actor=actor)).passages]


@pytest.fixture
async def library(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Library]:
    if any_storage_url is None:
        memory = MemoryLibrary()
        yield Library(memory, memory, None)
        return
    async with opened(any_storage_url) as database:
        work = SqlUnitOfWork[LibraryWork](
            database=database, work_on=SqlLibraryWork.on, new_id=uuid4, clock=lambda: NOW
        )
        yield Library(work, SqlPassageViews(database), database)


@pytest.fixture
def low_shelves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "FULL", 8)


def section(name: str, text: str, *, symbols: tuple[str, ...] = ()) -> Section:
    return Section(anchor=name, path=("Tasks", name), text=text, symbols=symbols)


def page(*sections: Section, url: str = URL, site: SiteId = SITE, **read: object) -> KeptPage:
    told = ReadPage(title="Tasks", sections=sections, **read)  # type: ignore[arg-type]
    return KeptPage(site=site, url=url, read=told, content_hash="1", fetched_at=NOW)


GATHER = section("asyncio.gather", "Run awaitables concurrently.", symbols=("asyncio.gather",))
SLEEP = section("asyncio.sleep", "Block for a while.", symbols=("asyncio.sleep",))
LIMITS = section("limits", "So many tasks run concurrently at the most.")


async def test_the_first_pages_may_come_at_once(library: Library) -> None:
    several = [page(GATHER, url=f"{URL}/{number}") for number in range(4)]
    kept = await asyncio.gather(*map(library.keep, several))

    assert kept == [[Changed(added=1)]] * 4


async def test_only_what_differs_is_written(library: Library) -> None:
    assert await library.keep(page(GATHER, SLEEP)) == [Changed(added=2)]
    (before,) = (await library.search("asyncio.sleep")).passages[:1]
    assert await library.keep(page(GATHER, SLEEP)) == [Changed(same=2)]
    assert await library.views.edition(DESK) == 1

    changed = attrs.evolve(GATHER, text="Run them side by side.")
    again = await library.keep(page(LIMITS, changed, SLEEP))

    assert again == [Changed(added=2, removed=1, same=1)]
    (after,) = (await library.search("asyncio.sleep")).passages[:1]
    assert (after.url, after.text) == (before.url, before.text)
    assert await library.urls("awaitables") == []
    assert await library.urls("side by side") == [f"{URL}#asyncio.gather"]
    assert await library.views.edition(DESK) == 2


async def test_what_is_forgotten_is_found_no_more(library: Library) -> None:
    await library.keep(page(GATHER), page(LIMITS, url=f"{URL}/2"))
    await library.forget()
    await library.forget("https://docs.example/never")

    assert await library.urls("concurrently") == [f"{URL}/2#limits"]


async def test_pages_that_are_not_to_be_indexed_are_not_found(library: Library) -> None:
    await library.keep(page(GATHER))
    await library.keep(page(GATHER, indexed=False))

    assert await library.urls("concurrently") == []


async def test_each_organization_finds_its_own(library: Library) -> None:
    await library.keep(page(GATHER))

    assert await library.urls("gather", actor=OTHER_DESK) == []
    await library.keep(page(SLEEP), actor=OTHER_DESK)
    assert await library.urls("asyncio", actor=OTHER_DESK) == [f"{URL}#asyncio.sleep"]
    assert await library.urls("asyncio") == [f"{URL}#asyncio.gather"]


async def test_one_slip_is_forgiven(library: Library) -> None:
    await library.keep(page(GATHER, SLEEP, LIMITS))

    found = await library.search("concurently")

    assert {each.url for each in found.passages} == {f"{URL}#asyncio.gather", f"{URL}#limits"}
    assert found.instead == ["concurrently"]
    assert (await library.search("awaitabels")).instead == ["awaitables"]
    assert (await library.search("zzzzzz")).passages == []


async def test_what_is_wanted_can_be_said(library: Library) -> None:
    tutorial = DocumentationKind.TUTORIAL
    await library.keep(
        page(GATHER, language="en", version="1"),
        page(LIMITS, url=f"{URL}/2", site=OTHER_SITE, language="de", version="2", kind=tutorial),
    )
    search = PassageSearch(words="concurrently")

    for wanted in (
        attrs.evolve(search, site_id=OTHER_SITE),
        attrs.evolve(search, language="de"),
        attrs.evolve(search, version="2"),
        attrs.evolve(search, kind=tutorial),
    ):
        (only,) = (await library.views.search(DESK, wanted)).passages
        assert only.url == f"{URL}/2#limits"
        assert (only.site_id, only.kind, only.language) == (OTHER_SITE, tutorial, "de")
    first = await library.views.search(DESK, attrs.evolve(search, limit=1))
    second = await library.views.search(DESK, attrs.evolve(search, limit=1, skip=1))
    assert (first.more, second.more) == (True, False)
    assert {each.url for each in (*first.passages, *second.passages)} == {
        f"{URL}#asyncio.gather",
        f"{URL}/2#limits",
    }
    (shown,) = first.passages
    assert [shown.text[start:end].lower() for start, end in shown.highlights] == ["concurrently"]


async def test_what_stands_at_several_addresses_is_found_once(library: Library) -> None:
    for address in ("index.html", "", "copy"):
        await library.keep(page(GATHER, LIMITS, url=f"{URL}/{address}"))
    await library.keep(page(GATHER, url=f"{URL}/other", site=OTHER_SITE))
    first = PassageSearch(words="concurrently", limit=2)

    found = await library.views.search(DESK, first)
    rest = await library.views.search(DESK, attrs.evolve(first, skip=2))

    assert (found.many, found.more, rest.more) == (3, True, False)
    told = {
        (each.site_id, each.text): [each.url, *(other.url for other in each.also_at)]
        for each in (*found.passages, *rest.passages)
    }
    assert told == {
        (OTHER_SITE, GATHER.text): [f"{URL}/other#asyncio.gather"],
        **{
            (SITE, each.text): [f"{URL}/{at}#{each.anchor}" for at in ("", "copy", "index.html")]
            for each in (GATHER, LIMITS)
        },
    }

    await library.forget(f"{URL}/")
    (limits,) = (await library.search("many tasks run")).passages[:1]
    assert limits.url == f"{URL}/copy#limits"
    assert [each.url for each in limits.also_at] == [f"{URL}/index.html#limits"]

    changed = attrs.evolve(LIMITS, text="So many tasks run at the most, and none beside.")
    await library.keep(page(GATHER, changed, url=f"{URL}/copy"))
    both = (await library.search("many tasks run")).passages[:2]
    assert {each.url for each in both} == {f"{URL}/copy#limits", f"{URL}/index.html#limits"}
    assert [each.also_at for each in both] == [[], []]


async def test_the_newest_version_is_found_first(library: Library) -> None:
    for version in ("3.9", "3.11", "3.10"):
        await library.keep(page(GATHER, url=f"{URL}/{version}/gather", version=version))

    (newest,) = (await library.search("gather")).passages
    only = PassageSearch(words="gather", version="3.10")
    (wanted,) = (await library.views.search(DESK, only)).passages

    assert newest.version == "3.11"
    assert [each.version for each in newest.also_at] == ["3.10", "3.9"]
    assert (wanted.version, wanted.also_at) == ("3.10", [])


def as_older_releases(fresh: Iterable[tuple[int, bytes]]) -> Mapping[str, bytes]:
    """Every term by itself."""
    return {
        term: in_drawer(drawer, term) or b""
        for drawer in shelved(fresh).values()
        for term in terms_in(drawer)
    }


@pytest.mark.parametrize("putting", [shelved, as_older_releases])
@pytest.mark.usefixtures("low_shelves")
async def test_shelves_change_nothing_of_what_is_found(
    library: Library, putting: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "shelved", putting)
    numbered = [
        section(f"s{each}", f"Passage {each} tells of rooms. " + "Rooms! " * (each % 5))
        for each in range(30)
    ]
    memory = MemoryLibrary()
    whole = Library(memory, memory, None)
    for one in (library, whole):
        for start in range(0, 30, 3):
            await one.keep(page(*numbered[start : start + 3], url=f"{URL}/{start}"))
        for start in (0, 3, 6, 9, 21):
            await one.forget(f"{URL}/{start}")
        await one.keep(page(*numbered[12:14], url=f"{URL}/12"))

    for words in ("rooms", "passage 17", "what does a passage tell of rooms?", "roms", "pasage"):
        assert await library.urls(words) == await whole.urls(words)
    if library.database is not None:
        assert await shelf_trouble(library.database) == []


async def shelf_trouble(database: Database) -> list[str]:
    """Passages are where exactly one of both looks for them, and counted as often as there are."""
    standing_on = shelves_table.c.passages - func.length(shelves_table.c.gone) / 4
    counts = [
        select(count).where(table.c.organization_id == DESK.organization_id)
        for count, table in (
            (func.count(passages.c.id), passages),
            (func.count(fresh_words.c.organization_id), fresh_words),
            (func.sum(standing_on), shelves_table),
            (func.sum(libraries.c.passages), libraries),
            (func.count(func.distinct(postings.c.shelf)), postings),
            (func.count(shelves_table.c.organization_id), shelves_table),
        )
    ]
    kept, fresh, shelved, counted, held, standing = await database.read(
        lambda connection: [connection.execute(each).scalar_one() or 0 for each in counts],
        of=DESK.organization_id,
    )
    return [
        wrong
        for wrong, is_so in (
            ("not all are somewhere", kept != fresh + shelved),
            ("counted wrongly", kept != counted),
            ("nothing is on a shelf", not shelved),
            ("postings of no shelf", held != standing),
        )
        if is_so
    ]
