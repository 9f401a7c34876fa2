"""The loop by itself."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from random import Random

import attrs
import pytest

from tests.simulation.loop import PLACE, Loop, Stuck
from tests.simulation.policies import InTurn, Policy, Priorities, Uniform

POLICIES = [Uniform, Priorities, InTurn]


@attrs.define(eq=False)
class Machine:
    name: str = "machine"
    is_dead: bool = False


def drawn(policy: Policy, order: list[int]) -> str:
    loop = Loop(policy)

    async def come(number: int) -> None:
        for _ in range(5):
            await asyncio.sleep(number % 2)
            order.append(number)

    async def all_come() -> None:
        await asyncio.gather(*(come(number) for number in range(6)))

    loop.run_until_complete(all_come())
    loop.dismantle()
    return loop.trace


@pytest.mark.parametrize("policy", POLICIES)
def test_the_order_follows_from_the_seed(policy: Callable[[Random], Policy]) -> None:
    one: list[int] = []
    same: list[int] = []
    other: list[int] = []

    assert drawn(policy(Random(1)), one) == drawn(policy(Random(1)), same)
    assert one == same
    orders = {drawn(policy(Random(seed)), other) for seed in range(20)}
    assert len(orders) > 1 or policy is InTurn


def test_a_day_takes_no_time() -> None:
    loop = Loop(InTurn(Random(0), frozenset()))

    loop.run_until_complete(asyncio.sleep(86_400))

    assert 86_400 <= loop.time() < 86_401
    loop.dismantle()


def test_what_crashes_runs_no_finally_until_the_world_ends() -> None:
    loop, machine, ended = Loop(Uniform(Random(0))), Machine(), []

    async def work() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            ended.append("finally")

    async def crash() -> None:
        context = copy_context()
        context.run(PLACE.set, machine)
        running = loop.create_task(work(), context=context)
        await asyncio.sleep(1)
        machine.is_dead = True
        loop.drop_the_dead()
        await asyncio.sleep(100)
        assert not running.done()
        assert not ended

    loop.run_until_complete(crash())
    loop.dismantle()
    assert ended == ["finally"]


def test_nobody_waits_for_ever() -> None:
    loop = Loop(Uniform(Random(0)))

    async def wait() -> None:
        await loop.create_future()

    with pytest.raises(Stuck):
        loop.run_until_complete(wait())
    loop.dismantle()


def test_there_is_no_network() -> None:
    loop = Loop(Uniform(Random(0)))

    with pytest.raises(NotImplementedError):
        loop.run_until_complete(asyncio.open_connection("localhost", 80))
    loop.dismantle()
