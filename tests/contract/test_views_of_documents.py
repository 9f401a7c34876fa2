"""Documents that were handed in, and pages that are kept, as readers see them."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.documents import SqlDocumentViews
from adapters.readers.pages import SqlPageViews
from adapters.repositories.documents import SqlDocumentWork
from adapters.repositories.pages import SqlLibraryWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.document_ports import DocumentViews, DocumentWork
from application.documentation.ports import LibraryWork
from application.documentation.views import PageNotFound, PageViews
from application.kernel.pages import Slice
from application.kernel.ports import Stale, UnitOfWork
from domain.documentation.documents import Contents, Document, DocumentFormat, DocumentNotFound
from domain.documentation.kinds import DocumentationKind
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.kernel.identifiers import DocumentId, PageId, SiteId
from tests.contract.databases import opened
from tests.fakes.documents import MemoryHandedIn
from tests.fakes.kept_pages import MemoryLibrary
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

URL = "https://docs.example/"
SITE, OTHER_SITE = SiteId(UUID(int=1)), SiteId(UUID(int=2))
HOUR = timedelta(hours=1)


@attrs.frozen
class Shelf:
    documents: UnitOfWork[DocumentWork]
    handed_in: DocumentViews
    on_pages: UnitOfWork[LibraryWork]
    pages: PageViews


@pytest.fixture
async def shelf(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Shelf]:
    if any_storage_url is None:
        documents, library = MemoryHandedIn(), MemoryLibrary()
        yield Shelf(documents, documents, library, library)
        return
    async with opened(any_storage_url) as database:
        yield Shelf(
            SqlUnitOfWork[DocumentWork](
                database=database, work_on=SqlDocumentWork.on, new_id=uuid4, clock=lambda: NOW
            ),
            SqlDocumentViews(database),
            SqlUnitOfWork[LibraryWork](
                database=database, work_on=SqlLibraryWork.on, new_id=uuid4, clock=lambda: NOW
            ),
            SqlPageViews(database),
        )


def document(number: int, title: str = "House rules") -> Document:
    return Document(
        id=DocumentId(UUID(int=number)),
        title=title,
        contents=Contents(format=DocumentFormat.PDF, size=12, digest="d" * 64, passages=3),
        handed_in_at=NOW,
        language="en",
        release="2.1",
    )


async def test_documents_come_back_as_they_were_handed_in(shelf: Shelf) -> None:
    def save(work: DocumentWork) -> None:
        for number in (3, 1, 2):
            work.documents.save(document(number))

    await shelf.documents(DESK, save)
    first = await shelf.handed_in.documents(DESK, slice=Slice(limit=2))
    rest = await shelf.handed_in.documents(DESK, slice=Slice(limit=2, after=first.next))
    kept = [attrs.evolve(document(number), version=1) for number in (1, 2, 3)]

    assert ([*first.items, *rest.items], rest.next) == (kept, None)
    assert await shelf.handed_in.document(DESK, kept[0].id) == kept[0]
    assert not (await shelf.handed_in.documents(OTHER_DESK, slice=Slice(limit=2))).items
    with pytest.raises(DocumentNotFound):
        await shelf.handed_in.document(OTHER_DESK, kept[0].id)


async def test_documents_are_replaced_once_and_deleted(shelf: Shelf) -> None:
    await shelf.documents(DESK, lambda work: work.documents.save(document(1)))

    def replace(work: DocumentWork) -> Document:
        before = work.documents.locked(document(1).id)
        return work.documents.save(before.replaced(by=document(9, "New rules")))

    replaced = await shelf.documents(DESK, replace)
    with pytest.raises(Stale):
        await shelf.documents(
            DESK, lambda work: work.documents.save(attrs.evolve(document(1), version=1))
        )
    assert (replaced.title, replaced.version) == ("New rules", 2)
    assert await shelf.handed_in.document(DESK, document(1).id) == replaced
    with pytest.raises(DocumentNotFound):
        await shelf.documents(OTHER_DESK, lambda work: work.documents.locked(document(1).id))

    await shelf.documents(DESK, lambda work: work.documents.delete(replaced.deleted(now=NOW)))
    with pytest.raises(DocumentNotFound):
        await shelf.handed_in.document(DESK, document(1).id)
    with pytest.raises(DocumentNotFound):
        await shelf.documents(DESK, lambda work: work.documents.locked(document(1).id))


def page(name: str, text: str, at: datetime = NOW, site: SiteId = SITE) -> KeptPage:
    read = ReadPage(
        title=name.title(),
        sections=(Section(anchor="", path=(name,), text=text),),
        kind=DocumentationKind.TUTORIAL,
        language="en",
        version="3.1",
    )
    return KeptPage(site=site, url=URL + name, read=read, content_hash=text, fetched_at=at)


async def test_pages_are_listed_by_address(shelf: Shelf) -> None:
    def keep(work: LibraryWork) -> None:
        for name in ("c", "a", "b"):
            work.pages.keep(page(name, "said"))
        work.pages.keep(page("aa", "said", site=OTHER_SITE))

    await shelf.on_pages(DESK, keep)
    first = await shelf.pages.pages(DESK, site_id=SITE, slice=Slice(limit=2))
    rest = await shelf.pages.pages(DESK, site_id=SITE, slice=Slice(limit=2, after=first.next))
    every = await shelf.pages.pages(DESK, site_id=None, slice=Slice(limit=9))

    assert [one.url for one in (*first.items, *rest.items)] == [URL + name for name in "abc"]
    assert rest.next is None
    assert [one.url for one in every.items] == [URL + name for name in ("a", "aa", "b", "c")]
    assert not (await shelf.pages.pages(OTHER_DESK, site_id=None, slice=Slice(limit=9))).items


async def test_pages_tell_when_they_said_something_else(shelf: Shelf) -> None:
    versions = [
        page("a", "said"),
        page("a", "said", NOW + HOUR),
        page("a", "else", NOW + 2 * HOUR),
    ]
    seen = []
    for each in versions:
        await shelf.on_pages(DESK, lambda work, each=each: work.pages.keep(each))  # type: ignore[misc]
        seen.append((await shelf.pages.pages(DESK, site_id=None, slice=Slice(limit=9))).items)

    assert [(one.fetched_at, one.changed_at) for (one,) in seen] == [
        (NOW, NOW),
        (NOW + HOUR, NOW),
        (NOW + 2 * HOUR, NOW + 2 * HOUR),
    ]
    (shown,) = seen[-1]
    assert await shelf.pages.page(DESK, shown.id) == shown
    assert (shown.title, shown.version, shown.language) == ("A", "3.1", "en")
    assert (shown.site_id, shown.kind) == (SITE, DocumentationKind.TUTORIAL)
    for actor, id in ((OTHER_DESK, shown.id), (DESK, PageId(UUID(int=9)))):
        with pytest.raises(PageNotFound):
            await shelf.pages.page(actor, id)
