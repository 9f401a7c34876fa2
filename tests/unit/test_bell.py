"""Who waits is called, whoever has waited longest first; nobody waits longer than they said."""

import anyio
import pytest

from adapters.scraper.bell import BellHere

pytestmark = pytest.mark.anyio

LONG = 60.0


async def test_who_is_called_waits_no_longer_whoever_came_first() -> None:
    bell, called = BellHere(), list[int]()

    async def wait(number: int) -> None:
        await bell.wait(LONG)
        called.append(number)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            for number in range(4):
                group.start_soon(wait, number)
            await anyio.wait_all_tasks_blocked()
            bell.call(1)
            await anyio.wait_all_tasks_blocked()
            assert called == [0]
            bell.call(2)
            await anyio.wait_all_tasks_blocked()
            assert called == [0, 1, 2]
            bell.call(100)


async def test_nobody_waits_longer_and_who_has_gone_is_called_no_more() -> None:
    bell, called = BellHere(), list[str]()

    async def wait() -> None:
        await bell.wait(LONG)
        called.append("other")

    bell.call(1)  # nobody waits yet, and it is not kept for later
    await bell.wait(0)
    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(wait)
            await anyio.wait_all_tasks_blocked()
            bell.call(1)

    assert called == ["other"]
