"""Lets two players take turns in one order, and sees in the server which of them has to wait."""

import asyncio
from collections.abc import Callable, Sequence

import asyncpg  # type: ignore[import-untyped]
import attrs

from tests.interleavings.players import Move, Player, Standing

A_MOMENT = 0.002  # seconds; most statements take less, and then nobody need be asked
PATIENCE = 20.0
BLOCKING = "SELECT pg_blocking_pids($1)"

Choose = Callable[[Sequence[int]], int]
"""Whose turn it is, of those who can go on."""


class Stuck(Exception):
    """Nobody goes on, and nobody waits for anybody."""


@attrs.frozen(kw_only=True)
class Turn:
    chosen: int
    among: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Played:
    """One order: whose turn it was each time, and what everybody came to."""

    turns: tuple[Turn, ...]
    outcomes: tuple[object, ...]
    statements: tuple[tuple[str, ...], ...]
    waits: int

    @property
    def order(self) -> str:
        return "".join("ab"[turn.chosen] for turn in self.turns)


@attrs.frozen
class Controller:
    """`server` is a connection of its own, of somebody who may see what others wait for."""

    server: asyncpg.Connection

    async def play(self, moves: Sequence[Move], choose: Choose) -> Played:
        moved = asyncio.Event()
        players = [Player(number, moved) for number in range(len(moves))]
        tasks = [player.begin(move) for player, move in zip(players, moves, strict=True)]
        turns, waits = [], 0
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    waits += await self._settled(players, moved)
                    ready = [each.number for each in players if each.standing is Standing.PARKED]
                    if not ready:
                        break
                    turns.append(Turn(chosen=choose(ready), among=tuple(ready)))
                    players[turns[-1].chosen].go_on()
        except TimeoutError:
            raise Stuck([each.statements for each in players]) from None
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return Played(
            turns=tuple(turns),
            outcomes=tuple(each.outcome for each in players),
            statements=tuple(tuple(each.statements) for each in players),
            waits=waits,
        )

    async def _settled(self, players: Sequence[Player], moved: asyncio.Event) -> int:
        """Returns when everybody is parked, done, or waits for one who is parked; how many wait.

        Where all wait for each other the server ends one of them, so then it goes on.
        """
        while True:
            running = [each for each in players if each.standing is Standing.RUNNING]
            if not running:
                return 0
            moved.clear()
            try:
                async with asyncio.timeout(A_MOMENT):
                    await moved.wait()
            except TimeoutError:
                parked = {each.process for each in players if each.standing is Standing.PARKED}
                if parked and all([await self._waits(each, parked) for each in running]):
                    return len(running)

    async def _waits(self, player: Player, parked: set[int]) -> bool:
        blocking = await self.server.fetchval(BLOCKING, player.process)
        # It may have gone on while the server was asked.
        return player.standing is Standing.RUNNING and bool(set(blocking) & parked)
