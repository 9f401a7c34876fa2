"""Decide again when somebody else was faster."""

import attrs
import pytest

from application.kernel.ports import Stale
from application.kernel.refusals import Busy
from application.kernel.retry_stale import RetryStale

pytestmark = pytest.mark.anyio


@attrs.define
class Overtaken:
    """So many times, before it answers how often it was asked."""

    times: int
    asked: int = 0

    async def __call__(self, command: str, /) -> str:
        self.asked += 1
        if self.asked <= self.times:
            raise Stale
        return f"{command} {self.asked}"


@pytest.mark.parametrize("times", [0, 1, 9])
async def test_who_was_overtaken_decides_again(times: int) -> None:
    assert await RetryStale(Overtaken(times))("go") == f"go {times + 1}"


async def test_who_is_always_overtaken_gives_up() -> None:
    use_case = Overtaken(99)
    with pytest.raises(Busy, match="try again"):
        await RetryStale(use_case, attempts=3)("go")

    assert use_case.asked == 3


async def test_ten_attempts_are_enough_for_anybody() -> None:
    use_case = Overtaken(99)
    with pytest.raises(Busy):
        await RetryStale(use_case)("go")

    assert use_case.asked == 10


async def test_other_failures_are_not_tried_again() -> None:
    asked = []

    async def fail(command: str, /) -> None:
        asked.append(command)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await RetryStale(fail)("go")

    assert asked == ["go"]
