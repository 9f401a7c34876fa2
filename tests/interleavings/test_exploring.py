"""All orders are gone through, each once; those that are drawn are the same for the same seed."""

import asyncio
from collections.abc import Sequence
from math import comb
from typing import Any

import pytest

from tests.interleavings.controller import Choose, Played, Turn
from tests.interleavings.exploring import Explored, Scene, explore
from tests.interleavings.players import Move


class Plain:
    """Players who never wait, with so many statements each."""

    def __init__(self, *statements: int) -> None:
        self.statements = statements

    async def play(self, _moves: Sequence[Move], choose: Choose) -> Played:
        left, turns = list(self.statements), []
        while ready := tuple(number for number, more in enumerate(left) if more):
            turns.append(Turn(chosen=choose(ready), among=ready))
            left[turns[-1].chosen] -= 1
        statements = tuple(("",) * number for number in self.statements)
        return Played(turns=tuple(turns), outcomes=(), statements=statements, waits=0)


async def nobody() -> None:
    """Does nothing."""


async def arrange() -> Scene:
    async def judge(_outcomes: Sequence[object]) -> Sequence[str]:
        return ()

    return Scene(moves=(nobody, nobody), judge=judge)


def explored(controller: Any, *, most: int, seed: int = 1) -> Explored:
    return asyncio.run(explore(controller, arrange, most=most, seed=seed))


@pytest.mark.parametrize(("first", "second"), [(1, 1), (2, 3), (4, 4)])
def test_all_orders_are_gone_through(first: int, second: int) -> None:
    all_there_are = comb(first + second, first)

    done = explored(Plain(first, second), most=2 * all_there_are)

    assert (len(done.orders), done.exhaustive) == (all_there_are, True)


def test_of_many_orders_some_are_drawn() -> None:
    done = explored(Plain(9, 9), most=60)

    assert not done.exhaustive
    assert 40 < len(done.orders) <= 60
    assert done.orders == explored(Plain(9, 9), most=60).orders
    assert done.orders != explored(Plain(9, 9), most=60, seed=2).orders
