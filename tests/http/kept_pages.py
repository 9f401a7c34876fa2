"""Pages to be found over HTTP, kept as a crawl keeps them."""

from uuid import UUID

from adapters.repositories.pages import SqlLibraryWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.ports import LibraryWork
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.kernel.identifiers import SiteId
from tests.http.desk import Desk
from tests.samples import NOW

SITE = SiteId(UUID("01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a20"))


def page(text: str, *, url: str = "https://docs.example/tasks", anchor: str = "") -> KeptPage:
    section = Section(anchor=anchor, path=("Tasks", "asyncio.gather"), text=text)
    read = ReadPage(title="Tasks", sections=(section,), language="en", version="3.11")
    return KeptPage(site=SITE, url=url, read=read, content_hash="1", fetched_at=NOW)


async def keep(desk: Desk, *pages: KeptPage) -> None:
    container = desk.container
    work = SqlUnitOfWork[LibraryWork](
        database=container.database(),
        work_on=SqlLibraryWork.on,
        new_id=container.new_id(),
        clock=container.clock(),
    )
    await work(desk.actor, lambda work: [work.pages.keep(each) for each in pages])
