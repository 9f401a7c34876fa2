"""A figure is asked for once, until something else is counted."""

import asyncio

import attrs
import pytest

from adapters.cache.remembered_figures import LARGEST, RememberedFigures
from application.kernel.told_figures import LOOKUPS
from domain.kernel.actors import Actor
from tests.fakes.figures import MemoryFigures
from tests.samples import DESK, OTHER_DESK

pytestmark = pytest.mark.anyio


@attrs.define
class Counting:
    """How often it was asked is what it answers."""

    asked: int = 0
    going: asyncio.Event = attrs.field(factory=asyncio.Event)
    twice: asyncio.Event = attrs.field(factory=asyncio.Event)

    async def __call__(self) -> int:
        self.asked += 1
        if self.asked == 2:
            self.twice.set()
        await self.going.wait()
        return self.asked


@pytest.fixture
def counting() -> Counting:
    going = asyncio.Event()
    going.set()
    return Counting(going=going)


async def test_it_is_asked_anew_when_something_else_is_counted(counting: Counting) -> None:
    figures = RememberedFigures()

    found = [await figures(DESK, edition, "calls", "all", counting) for edition in (1, 1, 2, 2)]

    assert found == [1, 1, 2, 2]


async def test_every_question_of_every_organization_has_an_answer_of_its_own(
    counting: Counting,
) -> None:
    figures = RememberedFigures()
    questions: list[tuple[Actor, str, str]] = [
        (DESK, "calls", "all"),
        (OTHER_DESK, "calls", "all"),
        (DESK, "bookings", "all"),
        (DESK, "calls", "some"),
    ]

    found = [await figures(actor, 1, what, of, counting) for actor, what, of in questions * 2]

    assert found == [1, 2, 3, 4] * 2


async def test_those_who_ask_at_once_share_an_answer() -> None:
    told, counting = MemoryFigures(), Counting()
    figures = RememberedFigures(figures=told)
    several = [
        asyncio.create_task(figures(DESK, edition, "calls", "all", counting))
        for edition in (1, 1, 1, 2)
    ]
    await counting.twice.wait()

    counting.going.set()

    assert [await one for one in several] == [2, 2, 2, 2]
    assert counting.asked == 2
    assert await figures(DESK, 2, "calls", "all", counting) == 2
    assert told.counted == {
        (LOOKUPS.name, "figures", "miss"): 4,
        (LOOKUPS.name, "figures", "hit"): 1,
    }


async def test_no_more_is_kept_than_there_is_room_for(counting: Counting) -> None:
    figures = RememberedFigures(most=1)

    found = [await figures(DESK, 1, "calls", of, counting) for of in ("a", "b", "b", "a")]

    assert found == [1, 2, 3, 1]
    assert await figures(DESK, 2, "calls", "a", counting) == 4
    assert await figures(DESK, 2, "calls", "a", counting) == 4


async def test_what_is_large_is_not_kept() -> None:
    asked: list[int] = []

    async def ask() -> list[int]:
        asked.append(1)
        return [0] * (LARGEST + 1)

    figures = RememberedFigures()

    for _ in range(2):
        assert len(await figures(DESK, 1, "calls", "all", ask)) == LARGEST + 1
    assert len(asked) == 2
