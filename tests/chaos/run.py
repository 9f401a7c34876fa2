"""One run: customers book while monkeys kill, and then everything is looked at."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from random import Random
from time import monotonic

import anyio
import attrs

from tests.chaos.aftermath import Aftermath
from tests.chaos.customers import Customer, Follower, line_to
from tests.chaos.hotel import Hotel
from tests.chaos.journal import Journal
from tests.chaos.letters import MailFolder
from tests.chaos.monkey import Monkey, Mortal, has_answered, has_written
from tests.chaos.programs import COMMAND, Program, Site, supervised

CUSTOMERS = 8


@attrs.frozen(kw_only=True)
class Chaos:
    """`kills` is how often each dies, by name; `serving` is the module that serves."""

    site: Site
    hotel: Hotel
    seed: int
    kills: Mapping[str, int]
    database: Mortal | None = None
    serving: Sequence[str] = COMMAND

    async def run(self) -> Aftermath:
        programs = {"server": Program(self.site, "serve", module=self.serving)}
        if "worker" in self.kills:
            programs["worker"] = Program(self.site, "worker")
        victims: dict[str, Mortal] = {**programs}
        if self.database is not None:
            victims["database"] = self.database
        async with AsyncExitStack() as around:
            await around.enter_async_context(supervised(*programs.values()))
            line = await around.enter_async_context(line_to(self.site, self.hotel, Journal()))
            mail = MailFolder(self.site.mail)
            after = Aftermath(self.site, self.hotel, line, Follower(line), mail)
            await self._torment(after, victims)
            await after.look()
        after.falls = {name: program.falls for name, program in programs.items()}
        after.exits = {name: program.exit for name, program in programs.items()}
        return after

    async def _torment(self, after: Aftermath, victims: Mapping[str, Mortal]) -> None:
        begun, closing = monotonic(), anyio.Event()
        async with anyio.create_task_group() as open_house:
            open_house.start_soon(after.follower.follow, closing)
            for number in range(CUSTOMERS):
                chance = Random(f"{self.seed} customer {number}")
                customer = Customer(line=after.line, hotel=self.hotel, chance=chance)
                open_house.start_soon(customer.keep_booking, closing)
            async with anyio.create_task_group() as tormenting:
                for name, times in self.kills.items():
                    monkey = self._monkey(name, victims[name], after)
                    tormenting.start_soon(monkey.kill, times)
            closing.set()
        after.seconds = monotonic() - begun

    def _monkey(self, name: str, victim: Mortal, after: Aftermath) -> Monkey:
        journal, letters = after.journal, after.mail.count
        return Monkey(
            name=name,
            victim=victim,
            has_recovered=has_written(letters) if name == "worker" else has_answered(journal),
            letters=letters,
            journal=journal,
            chance=Random(f"{self.seed} {name}"),
        )
