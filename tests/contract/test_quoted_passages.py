"""Passages that are quoted come as they stand, and only while they stand."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.passages import SqlPassageViews
from adapters.repositories.pages import SqlLibraryWork
from adapters.repositories.quoted_passages import SqlQuotedPassages
from adapters.sql.scope import Scope
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.quoting import QuotedPassage
from application.documentation.views import PassageFound, PassageSearch, PassageViews
from domain.documentation.feedback import PassageNotFound
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PassageId, SiteId
from tests.contract.databases import opened
from tests.fakes.kept_pages import MemoryLibrary
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

SITE, URL = SiteId(UUID(int=1)), "https://docs.example/house"
PETS = Section(anchor="pets", path=("House", "Pets"), text="Dogs are welcome.")


@attrs.frozen
class QuotingWork(SqlLibraryWork):
    quoted_passages: SqlQuotedPassages

    @classmethod
    def on(cls, scope: Scope) -> "QuotingWork":
        pages = SqlLibraryWork.on(scope).pages
        return cls(pages=pages, quoted_passages=SqlQuotedPassages(scope))


@attrs.frozen
class Library:
    work: Any
    views: PassageViews

    async def keep(self, section: Section = PETS) -> None:
        read = ReadPage(title="House", sections=(section,), version="2")
        page = KeptPage(site=SITE, url=URL, read=read, content_hash="1", fetched_at=NOW)
        await self.work(DESK, lambda work: work.pages.keep(page))

    async def forget(self) -> None:
        await self.work(DESK, lambda work: work.pages.forget(SITE, URL, at=NOW))

    async def found(self) -> PassageFound:
        (only,) = (await self.views.search(DESK, PassageSearch(words="dogs"))).passages
        return only

    async def remember(self, id: PassageId, *, actor: Actor = DESK) -> QuotedPassage:
        quoted: QuotedPassage = await self.work(
            actor, lambda work: work.quoted_passages.remember(id)
        )
        return quoted


@pytest.fixture
async def library(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Library]:
    if any_storage_url is None:
        memory = MemoryLibrary()
        yield Library(memory, memory)
        return
    async with opened(any_storage_url) as database:
        work = SqlUnitOfWork(
            database=database, work_on=QuotingWork.on, new_id=uuid4, clock=lambda: NOW
        )
        yield Library(work, SqlPassageViews(database))


async def test_it_comes_as_it_stands_however_often(library: Library) -> None:
    await library.keep()
    found = await library.found()

    quoted = await library.remember(found.id)

    assert (quoted.id, quoted.url, quoted.text) == (found.id, f"{URL}#pets", PETS.text)
    assert (quoted.path, quoted.version, quoted.fetched_at) == (PETS.path, "2", NOW)
    assert await library.remember(found.id) == quoted


async def test_what_says_something_else_is_another_one(library: Library) -> None:
    await library.keep()
    before = await library.remember((await library.found()).id)

    await library.forget()
    with pytest.raises(PassageNotFound):
        await library.remember(before.id)
    await library.keep(attrs.evolve(PETS, text="No dogs."))
    after = await library.remember((await library.found()).id)

    assert (after.text, after.digest != before.digest) == ("No dogs.", True)


async def test_nobody_quotes_what_others_keep(library: Library) -> None:
    await library.keep()

    with pytest.raises(PassageNotFound):
        await library.remember((await library.found()).id, actor=OTHER_DESK)
