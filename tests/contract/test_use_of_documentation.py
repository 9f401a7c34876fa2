"""What is asked of documentation is counted by day, and what is said of passages is kept."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.cache.buffered_questions import BufferedQuestions
from adapters.readers.passages import SqlPassageViews
from adapters.readers.usage_of_documentation import SqlUsageViews
from adapters.repositories.feedback import SqlFeedbackWork
from adapters.repositories.pages import SqlLibraryWork
from adapters.repositories.retention import SqlRetention
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.feedback_ports import (
    FeedbackOn,
    FeedbackWork,
    Place,
    Question,
    QuestionsOf,
    UsageViews,
)
from application.documentation.give_feedback import GiveFeedback, GiveFeedbackHandler
from application.documentation.ports import LibraryWork
from application.documentation.views import PassageSearch
from application.kernel.pages import Slice
from application.kernel.ports import UnitOfWork
from domain.documentation.asked import Asked
from domain.documentation.feedback import Feedback, PassageNotFound
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PageId, PassageId, SiteId
from domain.kernel.periods import DateRange
from tests.contract.databases import opened
from tests.fakes.feedback import MemoryUse
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
URL = "https://docs.example/rooms"
BOTH = QuestionsOf(dates=DateRange(YESTERDAY, TODAY + timedelta(days=1)))


@attrs.frozen
class Use:
    work: UnitOfWork[FeedbackWork]
    views: UsageViews
    passage_id: PassageId
    page_id: PageId
    database: Database | None

    async def count(self, *asked: Asked, actor: Actor = DESK) -> None:
        await self.work(actor, lambda work: work.questions.count(asked))

    async def told(self, wanted: QuestionsOf = BOTH, *, actor: Actor = DESK) -> list[Question]:
        return list((await self.views.questions(actor, wanted, slice=Slice(limit=10))).items)

    async def give(self, *, actor: Actor = DESK, minutes: int = 0, relevant: bool) -> Feedback:
        give = GiveFeedbackHandler(
            unit_of_work=self.work,
            clock=lambda: NOW + timedelta(minutes=minutes),
            new_id=uuid4,
        )
        return await give(
            GiveFeedback(
                actor=actor,
                passage_id=self.passage_id,
                relevant=relevant,
                rating=2,
                asked="Rooms? 4111 1111 1111 1111",
                comment="It is about cabins.",
            )
        )

    async def said(self, on: FeedbackOn, *, actor: Actor = DESK) -> list[Feedback]:
        return list((await self.views.feedback(actor, on, slice=Slice(limit=10))).items)


@pytest.fixture
async def use(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Use]:
    if any_storage_url is None:
        page_id, passage_id = PageId(UUID(int=1)), PassageId(UUID(int=2))
        place = Place(page_id=page_id, url=f"{URL}#sea-view")
        memory = MemoryUse(places={DESK.organization_id: {passage_id: place}})
        yield Use(memory, memory, passage_id, page_id, None)
        return
    async with opened(any_storage_url) as database:
        library = SqlUnitOfWork[LibraryWork](
            database=database, work_on=SqlLibraryWork.on, new_id=uuid4, clock=lambda: NOW
        )
        section = Section(anchor="sea-view", path=("Rooms",), text="Rooms with a view.")
        read = ReadPage(title="Rooms", sections=(section,))
        page = KeptPage(
            site=SiteId(UUID(int=1)), url=URL, read=read, content_hash="1", fetched_at=NOW
        )
        await library(DESK, lambda work: work.pages.keep(page))
        search = PassageSearch(words="rooms")
        (found,) = (await SqlPassageViews(database).search(DESK, search)).passages
        work = SqlUnitOfWork[FeedbackWork](
            database=database, work_on=SqlFeedbackWork.on, new_id=uuid4, clock=lambda: NOW
        )
        yield Use(work, SqlUsageViews(database), found.id, found.page_id, database)


def asked(words: str, found: int, day: date = TODAY) -> Asked:
    return Asked.once(words, day=day, found=found)


async def test_the_most_often_asked_comes_first(use: Use) -> None:
    await use.count(asked("rooms", 3, YESTERDAY), asked("cabins", 0, YESTERDAY))
    await use.count(asked("rooms", 0))
    await use.count(asked("rooms", 2), asked("tents", 1))
    await use.count(asked("rooms", 9, YESTERDAY - timedelta(days=1)))

    rooms, *_ = await use.told()

    assert rooms == Question(words="rooms", times=3, unanswered=1, found=2, last_day=TODAY)
    assert {one.words for one in await use.told()} == {"rooms", "cabins", "tents"}
    assert await use.told(actor=OTHER_DESK) == []


async def test_what_has_no_answer_yet_is_a_gap(use: Use) -> None:
    await use.count(asked("cabins", 0, YESTERDAY), asked("tents", 0, YESTERDAY))
    await use.count(asked("cabins", 0), asked("tents", 4), asked("rooms", 1))

    gaps = await use.told(attrs.evolve(BOTH, answered=False))
    answered = await use.told(attrs.evolve(BOTH, answered=True))

    assert [(one.words, one.times, one.unanswered) for one in gaps] == [("cabins", 2, 2)]
    assert [one.words for one in answered] == ["tents", "rooms"]


async def test_questions_go_on_behind_the_cursor(use: Use) -> None:
    await use.count(*(asked(f"words {each}", each) for each in range(5)))

    first = await use.views.questions(DESK, BOTH, slice=Slice(limit=3))
    second = await use.views.questions(DESK, BOTH, slice=Slice(limit=3, after=first.next))

    assert [*first.items, *second.items] == await use.told()
    assert (len(second.items), second.next) == (2, None)


async def test_searches_are_counted_together(use: Use) -> None:
    asking = BufferedQuestions(unit_of_work=use.work, most=2)
    for words, found in (("rooms", 0), ("rooms", 2), ("cabins", 0), ("no room left", 0)):
        asking.note(DESK, words, found=found, at=NOW)
    asking.note(OTHER_DESK, "no room left", found=0, at=NOW)
    await asking.close()
    asking.note(OTHER_DESK, "tents", found=1, at=NOW)
    await asking.close()

    told = [(one.words, one.times, one.unanswered, one.found) for one in await use.told()]

    assert told == [("rooms", 2, 1, 2), ("cabins", 1, 1, 0)]
    assert [one.words for one in await use.told(actor=OTHER_DESK)] == ["tents"]


async def test_old_questions_are_forgotten(use: Use) -> None:
    if use.database is None:
        pytest.skip("nothing is forgotten in memory")
    retention = SqlRetention(use.database)
    old = [asked(f"words {each}", 1, YESTERDAY) for each in range(3)]
    await use.count(*old, asked("rooms", 1))
    await use.count(old[0], actor=OTHER_DESK)

    forgotten = [await retention.forget_questions(DESK, before=TODAY, limit=2) for _ in range(3)]

    assert forgotten == [2, 1, 0]
    assert [one.words for one in await use.told()] == ["rooms"]
    assert len(await use.told(actor=OTHER_DESK)) == 1


async def test_feedback_is_found_by_what_it_is_about(use: Use) -> None:
    first = await use.give(relevant=True)
    second = await use.give(relevant=False, minutes=1)

    assert (second.url, second.page_id) == (f"{URL}#sea-view", use.page_id)
    assert (second.given_by, second.asked) == (DESK.id, "rooms? [card]")
    assert await use.said(FeedbackOn(passage_id=use.passage_id)) == [second, first]
    assert await use.said(FeedbackOn(page_id=use.page_id, relevant=True)) == [first]
    assert await use.said(FeedbackOn(page_id=PageId(use.passage_id))) == []
    assert await use.said(FeedbackOn(), actor=OTHER_DESK) == []


async def test_passages_of_others_are_not_there(use: Use) -> None:
    with pytest.raises(PassageNotFound):
        await use.give(relevant=True, actor=OTHER_DESK)
