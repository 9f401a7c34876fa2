"""Who waits for a signal hears of it, of the end of their patience, or that nobody wants them."""

import asyncio

import pytest

from adapters.sql.news import Signal

pytestmark = pytest.mark.anyio

LONG, SHORT = 60.0, 0.001


async def test_a_signal_comes_once_or_not_in_time() -> None:
    signal = Signal()
    wait = signal.waiter()
    signal()

    assert [await wait(LONG), await wait(SHORT)] == [True, False]


@pytest.mark.parametrize("turns", range(4))
async def test_who_is_called_off_as_the_signal_comes_is_called_off(turns: int) -> None:
    """Or has heard it before; a program that ends would wait for ever for who goes on."""
    signal = Signal()
    wait = signal.waiter()
    waiting = asyncio.ensure_future(wait(LONG))
    await asyncio.sleep(SHORT)

    signal()
    for _ in range(turns):
        await asyncio.sleep(0)
    called_off = waiting.cancel()
    await asyncio.wait([waiting])

    assert waiting.cancelled() == called_off
