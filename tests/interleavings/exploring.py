"""All orders of two use cases where there are few, and some by a seed where there are many."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from random import Random

import attrs

from tests.interleavings.controller import Choose, Controller, Played, Turn
from tests.interleavings.players import Move

Judge = Callable[[Sequence[object]], Awaitable[Sequence[str]]]


@attrs.frozen(kw_only=True)
class Scene:
    """Two use cases about to begin, and who says afterwards what is wrong, if anything is."""

    moves: tuple[Move, Move]
    judge: Judge


Arrange = Callable[[], Awaitable[Scene]]


@attrs.frozen(kw_only=True)
class Violation:
    order: str
    wrong: tuple[str, ...]


@attrs.define(kw_only=True)
class Explored:
    """`alone` is how many statements each took in the first order, one after the other."""

    alone: tuple[int, int] = (0, 0)
    exhaustive: bool = False
    orders: set[str] = attrs.field(factory=set)
    waits: int = 0
    violations: list[Violation] = attrs.field(factory=list)


async def explore(controller: Controller, arrange: Arrange, *, most: int, seed: int) -> Explored:
    """Plays at most so many orders, each in a scene of its own.

    Half of them go through all there are, from the end. Where that does not do, the others are
    drawn: what goes wrong may begin early.
    """
    explored = Explored()

    async def play(choose: Choose) -> Played:
        scene = await arrange()
        played = await controller.play(scene.moves, choose)
        wrong = await scene.judge(played.outcomes)
        explored.orders.add(played.order)
        explored.waits += played.waits
        if wrong:
            explored.violations.append(Violation(order=played.order, wrong=tuple(wrong)))
        return played

    first = await play(min)
    explored.alone = len(first.statements[0]), len(first.statements[1])
    played, turns = 1, following(first.turns)
    while turns is not None and played < most // 2:
        turns = following((await play(_as_told(turns))).turns)
        played += 1
    explored.exhaustive = turns is None
    if not explored.exhaustive:
        for choose in _samples(seed, most - played):
            await play(choose)
    return explored


def following(turns: Sequence[Turn]) -> tuple[int, ...] | None:
    """How the next order begins, or None after the last one; it goes on with whoever is first."""
    for place in reversed(range(len(turns))):
        later = [each for each in turns[place].among if each > turns[place].chosen]
        if later:
            return (*(turn.chosen for turn in turns[:place]), min(later))
    return None


def _as_told(turns: Sequence[int]) -> Choose:
    told = iter(turns)

    def choose(ready: Sequence[int]) -> int:
        chosen = next(told, min(ready))
        return chosen if chosen in ready else min(ready)

    return choose


def _samples(seed: int, number: int) -> Iterator[Choose]:
    """The other way round first; then whoever is at it stays at it more often, or less."""
    yield max
    for each in range(1, number):
        chance = Random(seed * 1_000_003 + each)
        yield _staying(chance, share=chance.choice((0.3, 0.5, 0.75)))


def _staying(chance: Random, *, share: float) -> Choose:
    at_it = chance.randrange(2)

    def choose(ready: Sequence[int]) -> int:
        nonlocal at_it
        if at_it not in ready or chance.random() > share:
            at_it = next((each for each in ready if each != at_it), at_it)
        return at_it

    return choose
