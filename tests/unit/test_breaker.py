"""A breaker opens for outages and nothing else, and closes with care."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import attrs
import pytest

from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker, BreakerOpen, Preset, State
from adapters.resilience.payments import PRESET

pytestmark = pytest.mark.anyio


class Outage(Exception): ...


class Refusal(Exception): ...


@attrs.define
class Seconds:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def breaker(tmp_path: Path, seconds: Seconds) -> Breaker:
    return made(tmp_path, seconds)


def made(folder: Path, seconds: Seconds, preset: Preset = PRESET) -> Breaker:
    return Breaker(
        name="payments",
        preset=preset,
        seconds=seconds,
        fails=lambda error: isinstance(error, Outage),
        board=FileBoard(folder, seconds),
    )


async def works() -> str:
    return "done"


def raises(error: type[BaseException]) -> Callable[[], Awaitable[str]]:
    async def fail() -> str:
        raise error

    return fail


async def fail(breaker: Breaker, times: int, error: type[Exception] = Outage) -> None:
    for _ in range(times):
        with pytest.raises(error):
            await breaker(raises(error))


async def test_five_failures_open_it(breaker: Breaker) -> None:
    await fail(breaker, 4)
    before = breaker.state
    await fail(breaker, 1)

    assert (before, breaker.state) == (State.CLOSED, State.OPEN)
    with pytest.raises(BreakerOpen):
        await breaker(works)
    assert breaker.refused == 1


async def test_failures_of_long_ago_do_not_count(breaker: Breaker, seconds: Seconds) -> None:
    await fail(breaker, 4)
    seconds.now += 60
    await fail(breaker, 4)

    assert breaker.state is State.CLOSED


async def test_a_few_failures_among_many_successes_are_no_outage(breaker: Breaker) -> None:
    for _ in range(10):
        for _ in range(9):
            await breaker(works)
        await fail(breaker, 1)

    assert breaker.state is State.CLOSED


async def test_refusals_are_answers(breaker: Breaker) -> None:
    await fail(breaker, 20, Refusal)

    assert breaker.state is State.CLOSED


async def test_who_hangs_up_shows_nothing(breaker: Breaker) -> None:
    for _ in range(20):
        with pytest.raises(asyncio.CancelledError):
            await breaker(raises(asyncio.CancelledError))

    assert breaker.state is State.CLOSED


async def test_it_stays_open_for_so_long(breaker: Breaker, seconds: Seconds) -> None:
    await fail(breaker, 5)
    seconds.now += 29.9
    still = breaker.state
    seconds.now += 0.1

    assert (still, breaker.state) == (State.OPEN, State.HALF_OPEN)


async def test_half_open_lets_few_through(breaker: Breaker, seconds: Seconds) -> None:
    await fail(breaker, 5)
    seconds.now += 30
    going = asyncio.Event()

    async def slowly() -> str:
        await going.wait()
        return "done"

    crowd = [asyncio.ensure_future(breaker(slowly)) for _ in range(20)]
    await asyncio.sleep(0)
    going.set()
    results = await asyncio.gather(*crowd, return_exceptions=True)

    assert results.count("done") == 1
    assert sum(isinstance(result, BreakerOpen) for result in results) == 19


async def test_three_successes_close_it(breaker: Breaker, seconds: Seconds) -> None:
    await fail(breaker, 5)
    seconds.now += 30
    states = []
    for _ in range(3):
        await breaker(works)
        states.append(breaker.state)

    assert states == [State.HALF_OPEN, State.HALF_OPEN, State.CLOSED]


async def test_one_failure_opens_it_again(breaker: Breaker, seconds: Seconds) -> None:
    await fail(breaker, 5)
    seconds.now += 30
    await breaker(works)
    await fail(breaker, 1)

    assert breaker.state is State.OPEN
    seconds.now += 29
    assert breaker.state is State.OPEN


async def test_a_trial_that_is_cancelled_makes_room(breaker: Breaker, seconds: Seconds) -> None:
    await fail(breaker, 5)
    seconds.now += 30
    for _ in range(PRESET.successes):
        with pytest.raises(asyncio.CancelledError):
            await breaker(raises(asyncio.CancelledError))

    assert breaker.state is State.HALF_OPEN
    assert await breaker(works) == "done"


async def test_what_began_before_does_not_count_after(breaker: Breaker, seconds: Seconds) -> None:
    ends = asyncio.Event()

    async def late() -> str:
        await ends.wait()
        raise Outage

    call = asyncio.ensure_future(breaker(late))
    await asyncio.sleep(0)
    await fail(breaker, 5)
    seconds.now += 30
    assert breaker.state is State.HALF_OPEN
    ends.set()
    with pytest.raises(Outage):
        await call

    assert breaker.state is State.HALF_OPEN
    assert await breaker(works) == "done"


async def test_what_it_raises_is_new_each_time(breaker: Breaker) -> None:
    await fail(breaker, 5)
    raised = []
    for _ in range(2):
        with pytest.raises(BreakerOpen) as error:
            await breaker(works)
        raised.append(error.value)

    assert raised[0] is not raised[1]


async def test_processes_tell_each_other(tmp_path: Path, seconds: Seconds) -> None:
    one, other = made(tmp_path, seconds), made(tmp_path, seconds)
    before = other.state
    await fail(one, 5)
    seconds.now += 1
    heard = other.state
    seconds.now += 29
    for _ in range(3):
        await one(works)

    assert (before, heard) == (State.CLOSED, State.OPEN)
    assert (one.state, other.state) == (State.CLOSED, State.CLOSED)


async def test_a_new_process_knows_at_once(tmp_path: Path, seconds: Seconds) -> None:
    await fail(made(tmp_path, seconds), 5)

    assert made(tmp_path, seconds).state is State.OPEN


async def test_without_a_disk_each_is_on_its_own(tmp_path: Path, seconds: Seconds) -> None:
    (tmp_path / "file").write_text("")
    breaker = made(tmp_path / "file", seconds)
    await fail(breaker, 5)
    seconds.now += 10

    assert breaker.state is State.OPEN


async def test_it_can_be_reset_by_hand(breaker: Breaker) -> None:
    await fail(breaker, 5)
    breaker.reset()

    assert await breaker(works) == "done"


async def test_changes_are_told(breaker: Breaker, caplog: pytest.LogCaptureFixture) -> None:
    await fail(breaker, 5)

    assert caplog.messages == ["the breaker of payments was closed and is open"]
