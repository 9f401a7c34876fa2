"""The world outside: it rings the desk, and is rung up, by script."""

from collections.abc import Sequence
from random import Random
from uuid import uuid4

import anyio
import attrs

from adapters.telephony_simulator.exchange import Begun, Exchange
from adapters.telephony_simulator.scripts import BEGINNING, Beat
from tests.chaos.call_house import CallHouse
from tests.chaos.customers import Line

OURS = "+442079460000"
THEIRS = "+44207946"
A_FEW = 200
SOON_OVER = ("0001", "0001", "0002", "0004", "0005", "0006", "0007")
LONGER = ("0003", "1234", "4711")
"""Nobody answers for half a minute, and whatever comes, for minutes."""


@attrs.frozen(kw_only=True)
class Callers:
    """So many calls, half of them ours; `every` is the seconds from one to the next."""

    line: Line
    house: CallHouse
    exchange: Exchange
    calls: int
    every: float
    chance: Random
    begun: set[int] = attrs.field(factory=set)
    _rings: anyio.Condition = attrs.field(factory=anyio.Condition, init=False)

    @property
    def are_many(self) -> bool:
        return self.calls >= A_FEW

    async def all_ring(self) -> None:
        async with anyio.create_task_group() as ringing:
            for number in range(self.calls):
                ringing.start_soon(self._one, number)
                await anyio.sleep(self.every)

    async def _one(self, number: int) -> None:
        if self.chance.random() < 0.5:
            await self._ring_up()
        else:
            await self._come_in(number)
        async with self._rings:
            self.begun.add(number)
            self._rings.notify_all()

    async def have_rung(self, calls: float) -> None:
        """Returns when so many have."""
        async with self._rings:
            while len(self.begun) < calls:
                await self._rings.wait()

    async def _ring_up(self) -> None:
        ends = SOON_OVER + LONGER if self.are_many else SOON_OVER
        called = f"{THEIRS}{self.chance.choice(ends)}"
        await self.line.write("/v1/calls", {"to": called, "metadata": {"campaign": "spring"}})

    async def _come_in(self, number: int) -> None:
        begun = Begun(
            account=str(self.house.actor.organization_id),
            key=str(uuid4()),
            call=None,
            caller=f"{THEIRS}{number % 10_000:04}",
            called=OURS,
            inbound=True,
        )
        await self.exchange.begin(begun, self._script())

    def _script(self) -> Sequence[Beat]:
        """Most are answered, and hang up when they have talked; some drop, some give up."""
        fate = self.chance.random()
        if fate < 0.1:
            return (*BEGINNING, Beat(3, "canceled"))
        if fate < 0.15:
            return (BEGINNING[0], Beat(1, "failed"))
        answered = (*BEGINNING, Beat(2, "in-progress"))
        lasts = 3 + self.chance.randrange(max(3, min(120, self.calls // 15)))
        return (*answered, Beat(lasts, "failed" if fate < 0.2 else "completed"))
