"""One run: customers book while monkeys kill, and then everything is looked at."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from random import Random
from time import monotonic

import anyio
import attrs

from tests.chaos.aftermath import Aftermath
from tests.chaos.customers import Customer, Follower, Line, NoAnswer, line_to
from tests.chaos.hotel import Hotel
from tests.chaos.journal import Journal
from tests.chaos.letters import MailFolder
from tests.chaos.monkey import Monkey, Mortal, has_answered, has_written
from tests.chaos.payers import Payer
from tests.chaos.programs import Program, Site, supervised
from tests.chaos.stalls import Stalled, TormentedRedis

CUSTOMERS = 8
LONGEST = 1800.0  # seconds
OPENED_WITHIN = 120.0
PROVIDER = {"PAYMENTS": "simulator", "SIMULATOR_FAULT_PERCENT": "10"}


@attrs.frozen(kw_only=True)
class Chaos:
    """`kills` is how often each dies, by name, or stands still; `serving` is what serves instead.

    It goes on until so many `payments` were made, to a provider with whom things go wrong.
    """

    site: Site
    hotel: Hotel
    seed: int
    kills: Mapping[str, int]
    database: Mortal | None = None
    redis: TormentedRedis | None = None
    serving: Sequence[str] = ()
    payments: int = 0

    async def run(self) -> Aftermath:
        outside = dict(PROVIDER if self.payments else {})
        if self.redis is not None:
            outside["REDIS_URL"] = self.redis.url
        programs = {"server": Program(self.site, "serve", instead=self.serving, **outside)}
        if "worker" in self.kills:
            programs["worker"] = Program(self.site, "worker", **outside)
        victims: dict[str, Mortal] = {**programs}
        victims |= {f"stalled {name}": Stalled(program) for name, program in programs.items()}
        victims |= {"database": self.database} if self.database else {}
        victims |= {"redis": self.redis} if self.redis else {}
        async with AsyncExitStack() as around:
            await around.enter_async_context(supervised(*programs.values()))
            line = await around.enter_async_context(
                line_to(self.site, self.hotel.token, Journal())
            )
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
                customer = self._customer(number, after.line)
                open_house.start_soon(customer.keep_booking, closing)
            await self._open_house(after.journal)
            async with anyio.create_task_group() as tormenting:
                for name, times in self.kills.items():
                    monkey = self._monkey(name, victims[name], after)
                    tormenting.start_soon(monkey.kill, times)
            while len(after.journal.paid) < self.payments:
                if monotonic() > begun + LONGEST:
                    raise NoAnswer(f"{len(after.journal.paid)} of {self.payments} paid")
                await anyio.sleep(0.1)
            closing.set()
        after.seconds = monotonic() - begun

    async def _open_house(self, journal: Journal) -> None:
        """Who is killed before anybody was served has not been tried."""
        begun = monotonic()
        while not journal.done():
            if monotonic() > begun + OPENED_WITHIN:
                raise NoAnswer("nobody was served")
            await anyio.sleep(0.02)

    def _customer(self, number: int, line: Line) -> Customer:
        chance = Random(f"{self.seed} customer {number}")
        pay = Payer(line=line, chance=chance).pay if self.payments else None
        return Customer(line=line, hotel=self.hotel, chance=chance, pay=pay)

    def _monkey(self, name: str, victim: Mortal, after: Aftermath) -> Monkey:
        journal, letters = after.journal, after.mail.count
        return Monkey(
            name=name,
            victim=victim,
            has_recovered=has_written(letters) if "worker" in name else has_answered(journal),
            letters=letters,
            journal=journal,
            chance=Random(f"{self.seed} {name}"),
        )
