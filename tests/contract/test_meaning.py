"""Questions are found by what they mean as well, where there is a model; else by their words."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import select

from adapters.readers.passages import SqlPassageViews
from adapters.readers.unembedded_passages import SqlUnembeddedPassages
from adapters.repositories.meanings import SqlMeaningWork
from adapters.repositories.pages import SqlLibraryWork
from adapters.schema.documentation import passage_vectors
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.embed_passages import (
    EmbedPassages,
    EmbedPassagesHandler,
    MeaningWork,
    UnembeddedPassages,
)
from application.documentation.embedding import SemanticSearches
from application.documentation.ports import LibraryWork
from application.documentation.views import Found, PassageSearch, PassageViews, RankedBy
from application.kernel.jobs import QueuedJob
from application.kernel.ports import UnitOfWork
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, SiteId
from tests.contract.cancelling import Context
from tests.contract.databases import opened
from tests.fakes.embedder import WordsEmbedder
from tests.fakes.kept_pages import MemoryLibrary
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

QUESTION = "how do I call my reservation off?"
LOUD = Section(
    anchor="loud", path=("Help", "Reservation call"), text="Call us. Call us off hours."
)
RIGHT = Section(anchor="right", path=("Help", "Cancelling"), text="Cancel a booking here.")
SAME = {"call": "cancel", "reservation": "book", "off": "cancel"}
OTHER = Section(anchor="other", path=("Help", "Prices"), text="A reservation has a price.")


@attrs.frozen
class Library:
    pages: UnitOfWork[LibraryWork]
    meanings: UnitOfWork[MeaningWork]
    views: PassageViews
    unembedded: UnembeddedPassages
    kept: Callable[[], Awaitable[Collection[str]]]
    embed: WordsEmbedder = attrs.field(factory=lambda: WordsEmbedder(same=SAME))

    @classmethod
    def in_memory(cls) -> "Library":
        memory = MemoryLibrary()

        async def kept() -> Collection[str]:
            return memory.vectors[DESK.organization_id]

        return cls(memory, memory, memory, memory, kept)

    @classmethod
    def in_sql(cls, database: Database) -> "Library":
        question = select(passage_vectors.c.digest).where(
            passage_vectors.c.organization_id == DESK.organization_id
        )

        async def kept() -> Collection[str]:
            return await database.read(
                lambda connection: connection.execute(question).scalars().all(),
                of=DESK.organization_id,
            )

        def unit(work: Any) -> Any:
            return SqlUnitOfWork(
                database=database, work_on=work.on, new_id=uuid4, clock=lambda: NOW
            )

        return cls(
            unit(SqlLibraryWork),
            unit(SqlMeaningWork),
            SqlPassageViews(database),
            SqlUnembeddedPassages(database),
            kept,
        )

    async def keep(self, *sections: Section, actor: Actor = DESK) -> None:
        read = ReadPage(title="Help", sections=sections)
        page = KeptPage(
            site=SiteId(UUID(int=1)),
            url="https://docs.example/",
            read=read,
            content_hash="1",
            fetched_at=NOW,
        )
        await self.pages(actor, lambda work: _kept(work, page))

    async def embed_all(self, actor: Actor = DESK) -> list[str]:
        """What the model was asked for."""
        self.embed.asked.clear()
        handler = EmbedPassagesHandler(
            passages=self.unembedded,
            unit_of_work=self.meanings,
            embed=self.embed,
        )
        job = EmbedPassages().job
        queued = QueuedJob(
            name=job.name,
            payload=job.payload,
            id=JobId(uuid4()),
            organization_id=actor.organization_id,
        )
        context = Context()
        context.actor = actor
        await handler(queued, context)
        return list(self.embed.asked)

    async def search(self, words: str = QUESTION, *, actor: Actor = DESK) -> Found:
        views = SemanticSearches(views=self.views, embed=self.embed)
        return await views.search(actor, PassageSearch(words=words))

    async def edition(self) -> int:
        return await self.views.edition(DESK)


def _kept(work: LibraryWork, page: KeptPage) -> None:
    work.pages.keep(page)


def anchors(found: Found) -> list[str]:
    return [each.url.partition("#")[2] for each in found.passages]


@pytest.fixture
async def library(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Library]:
    if any_storage_url is None:
        yield Library.in_memory()
        return
    async with opened(any_storage_url) as database:
        yield Library.in_sql(database)


async def test_questions_are_found_by_what_they_mean(library: Library) -> None:
    await library.keep(LOUD, OTHER, attrs.evolve(RIGHT, text=f"{RIGHT.text} No reservation."))
    by_words = await library.search()
    assert (by_words.ranked_by, anchors(by_words)[0]) == (RankedBy.WORDS, "loud")

    assert len(await library.embed_all()) == 3
    found = await library.search()

    assert found.ranked_by is RankedBy.BOTH
    assert set(anchors(found)) == set(anchors(by_words))
    assert anchors(found).index("right") < anchors(by_words).index("right")
    assert (await library.search("reservation call")).ranked_by is RankedBy.WORDS


async def test_without_the_model_questions_are_words(library: Library) -> None:
    await library.keep(LOUD, RIGHT)
    await library.embed_all()
    library.embed.fails = True

    found = await library.search()

    assert (found.ranked_by, anchors(found)) == (RankedBy.WORDS, ["loud"])


async def test_only_what_has_changed_is_embedded_again(library: Library) -> None:
    await library.keep(LOUD, RIGHT)
    before = await library.edition()
    assert len(await library.embed_all()) == 2
    assert await library.edition() > before  # what is remembered is forgotten
    assert await library.embed_all() == []

    await library.keep(OTHER, LOUD)
    (told,) = await library.embed_all()

    assert told == "Help Prices\nA reservation has a price."
    assert len(await library.kept()) == 2  # that of what is gone went as well


async def test_another_model_has_vectors_of_its_own(library: Library) -> None:
    await library.keep(LOUD)
    await library.embed_all()
    library.embed.model = "other"

    assert (await library.search()).ranked_by is RankedBy.WORDS
    assert len(await library.embed_all()) == 1
    assert (await library.search()).ranked_by is RankedBy.BOTH


async def test_what_fails_meanwhile_is_made_up_for_later(library: Library) -> None:
    await library.keep(LOUD)
    library.embed.fails = True
    assert await library.embed_all() == []
    library.embed.fails = False

    assert len(await library.embed_all()) == 1


async def test_nobody_sees_what_others_mean(library: Library) -> None:
    await library.keep(LOUD, actor=OTHER_DESK)
    await library.keep(LOUD)
    await library.embed_all(OTHER_DESK)

    assert not await library.kept()
    assert (await library.search()).ranked_by is RankedBy.WORDS
