"""What comes while others are being written is written with its like, and fails alone."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import attrs
import pytest

from adapters.sql.together import LARGEST_GROUP, Together
from application.kernel.ports import Stale
from application.kernel.refusals import Unavailable

pytestmark = pytest.mark.anyio

WHOSE = "desk"


class Bad(Exception):
    """What cannot be written."""


@attrs.define
class Book:
    """Writes when it is let: `bad` ones raise, and those of `apart` have to go alone."""

    bad: set[int] = attrs.field(factory=set)
    apart: set[int] = attrs.field(factory=set)
    failing: Exception | None = None
    groups: list[list[int]] = attrs.field(factory=list)
    alone_at: list[int] = attrs.field(factory=list)
    door: asyncio.Event = attrs.field(factory=asyncio.Event)
    inside: asyncio.Event = attrs.field(factory=asyncio.Event)

    async def alone(self, _: str, number: int) -> str:
        self.inside.set()
        await self.door.wait()
        self.alone_at.append(number)
        if number in self.bad:
            raise Bad
        return f"alone {number}"

    async def many(self, _: str, numbers: Sequence[int]) -> Sequence[str | None]:
        self.groups.append(list(numbers))
        await self.door.wait()
        if self.failing is not None:
            raise self.failing
        if self.bad & set(numbers):
            raise Bad
        return [None if number in self.apart else f"with {number}" for number in numbers]


async def brought(book: Book, numbers: int) -> list[object]:
    """The first is on its way when the others come."""
    together = Together(alone=book.alone, many=book.many)
    first = asyncio.create_task(together(WHOSE, 0))
    await book.inside.wait()
    others = [asyncio.create_task(together(WHOSE, number)) for number in range(1, numbers)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in (first, *others)), "nobody is answered before"
    book.door.set()
    async with asyncio.timeout(5):
        return list(await asyncio.gather(first, *others, return_exceptions=True))


async def test_who_comes_alone_goes_at_once_and_alone() -> None:
    book = Book()
    book.door.set()
    together = Together(alone=book.alone, many=book.many)

    assert [await together(WHOSE, 1), await together(WHOSE, 2)] == ["alone 1", "alone 2"]
    assert book.groups == []


async def test_who_comes_meanwhile_goes_with_the_others() -> None:
    book = Book()

    assert await brought(book, 4) == ["alone 0", "with 1", "with 2", "with 3"]
    assert book.groups == [[1, 2, 3]]


async def test_a_group_has_an_end() -> None:
    book = Book()

    assert len(await brought(book, LARGEST_GROUP + 3)) == LARGEST_GROUP + 3
    assert [len(group) for group in book.groups] == [LARGEST_GROUP, 2]


async def test_one_that_cannot_be_written_sinks_no_other() -> None:
    book = Book(bad={2})

    outcomes = await brought(book, 4)

    assert [str(outcome) for outcome in outcomes] == ["alone 0", "alone 1", "", "alone 3"]
    assert isinstance(outcomes[2], Bad)


async def test_what_has_to_go_alone_does() -> None:
    book = Book(apart={1})

    assert await brought(book, 3) == ["alone 0", "alone 1", "with 2"]


@pytest.mark.parametrize(("failing", "goes"), [(Stale(), True), (Unavailable(), False)])
async def test_without_a_database_nobody_tries_by_himself(
    failing: Exception,
    goes: bool,  # noqa: FBT001
) -> None:
    book = Book(failing=failing)

    outcomes = await brought(book, 3)

    assert book.alone_at == ([0, 1, 2] if goes else [0])
    assert [outcome is failing for outcome in outcomes] == [False, not goes, not goes]


async def test_whoever_went_away_is_not_written() -> None:
    book = Book()
    together = Together(alone=book.alone, many=book.many)
    tasks = [asyncio.create_task(together(WHOSE, 0))]
    await book.inside.wait()
    tasks += [asyncio.create_task(together(WHOSE, number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    await asyncio.sleep(0)
    book.door.set()
    async with asyncio.timeout(5):
        await asyncio.gather(*tasks, return_exceptions=True)

    assert book.groups == [[1, 3]]


async def test_those_of_others_do_not_wait() -> None:
    book = Book()
    together = Together(alone=book.alone, many=book.many)
    waiting = asyncio.create_task(together(WHOSE, 0))
    await book.inside.wait()
    others = asyncio.create_task(together("another desk", 1))
    await asyncio.sleep(0)
    book.door.set()

    assert [await waiting, await others] == ["alone 0", "alone 1"]
    assert book.groups == []


async def test_what_is_known_of_the_first_is_not_told_of_the_others() -> None:
    request: ContextVar[str] = ContextVar("request", default="nobody's")
    seen: list[str] = []
    door = asyncio.Event()

    async def alone(_: str, number: int) -> int:
        await door.wait()
        return number

    async def many(_: str, numbers: Sequence[int]) -> Sequence[int | None]:
        seen.append(request.get())
        return numbers

    together = Together(alone=alone, many=many)

    async def asked(number: int) -> int:
        request.set(f"request {number}")
        return await together(WHOSE, number)

    tasks = [asyncio.create_task(asked(number)) for number in range(3)]
    await asyncio.sleep(0)
    door.set()
    await asyncio.gather(*tasks)

    assert seen == ["nobody's"]


async def test_whatever_goes_wrong_nobody_waits_for_good() -> None:
    """Not even if the writer says nothing of some."""

    class Forgetful(Book):
        async def many(self, _: str, numbers: Sequence[int]) -> Sequence[str | None]:
            await super().many(_, numbers)
            return []

    book = Forgetful()
    together = Together(alone=book.alone, many=book.many)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # it would be logged
    first = asyncio.create_task(together(WHOSE, 0))
    await book.inside.wait()
    others = [asyncio.create_task(together(WHOSE, number)) for number in range(1, 100)]
    await asyncio.sleep(0)
    book.door.set()
    async with asyncio.timeout(5):
        assert await first == "alone 0"
        outcomes = await asyncio.gather(*others, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}
        assert await together(WHOSE, 100) == "alone 100"
