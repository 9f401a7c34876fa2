"""One run: hosts, clients and the outside world, all of it following from a seed."""

import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import attrs

from adapters.readers.verification import SqlVerification
from application.calls.hear_line import HearLine
from application.calls.telephony_news import Message
from application.notifications.ports import NotSent
from application.payments.receive_event import ReceiveEvent
from tests.fakes.gateway import SIGNED
from tests.simulation.clients import Ask, Client, History, NoAnswer
from tests.simulation.database import SimulatedDatabase
from tests.simulation.desks import Desk, Template
from tests.simulation.faults import Faults, Faulty
from tests.simulation.hosts import Clock, Host
from tests.simulation.jobs import Kept
from tests.simulation.letters import Letters
from tests.simulation.loop import NOWHERE, PLACE, Loop, without_threads
from tests.simulation.oracles import Eye, Finding, at_the_provider, finally_
from tests.simulation.policies import Policy
from tests.simulation.program import Outside, Slot, engine, slot
from tests.simulation.provider import Account, Accounts, Postman
from tests.simulation.remains import left_of
from tests.simulation.sqlite import Files
from tests.simulation.telephone import PROVIDER, Exchange, Exchanges, at_the_line

APIS = ("api-1", "api-2")
WORKERS = ("worker-1",)
MEMORY = Path("/dev/shm")  # noqa: S108  (files that are gone in a moment need no disk)
HEALING = 25 * 60.0
"""Seconds after which nothing may be on its way any more."""
LAPSING = 5 * 60.0
"""Seconds in which what has lapsed is given to whoever is next, and all that follows is done."""
MOST_OFFERS = 12
ENOUGH = 5
WORD = 20.0
"""Seconds in which word of several commits becomes one: looking at the log takes long."""


class Broken(Exception):
    """Something was found, so nothing that follows is worth seeing."""


def not_sent() -> Exception:
    return NotSent()


@attrs.define(eq=False, kw_only=True)
class World:
    seed: int
    policy: Policy
    faults: Faults
    template: Template
    make_slot: Callable[[str], Slot] = slot
    second_wall: bool = True
    history: History = attrs.field(factory=History)
    letters: Letters = attrs.field(factory=Letters)
    findings: list[Finding] = attrs.field(factory=list)
    seen: Counter[str] = attrs.field(factory=Counter)
    forgotten: set[str] = attrs.field(factory=set)
    loop: Loop = attrs.field(init=False)
    hosts: dict[str, Host] = attrs.field(factory=dict, init=False)
    accounts: dict[Any, Account] = attrs.field(factory=dict, init=False)
    exchanges: dict[Any, Exchange] = attrs.field(factory=dict, init=False)
    outside: Outside = attrs.field(init=False)
    eye: Eye = attrs.field(init=False)
    files: Files = attrs.field(init=False)
    _running: list[asyncio.Task[Any]] = attrs.field(factory=list, init=False)
    _word: set[str] = attrs.field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        self.loop = Loop(self.policy)

    @property
    def desks(self) -> Sequence[Desk]:
        return self.template.desks

    def chance(self, what: str) -> Random:
        return Random(f"{what}:{self.seed}")

    def run(self, life: Callable[["World"], Awaitable[None]]) -> None:
        """The findings are what is wrong afterwards."""
        where = MEMORY if MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="simulation-", dir=where) as folder:
            path = Path(folder) / "frontdesk.db"
            path.write_bytes(self.template.content)
            self.eye, self.files = Eye.on(path), Files(path, second_wall=self.second_wall)
            self._furnish()
            PLACE.set(NOWHERE)
            self.loop.on_step = self._must_go_well
            try:
                with without_threads():
                    self.loop.run_until_complete(self._live(life))
            except Broken:
                pass
            finally:
                for host in self.hosts.values():
                    host.crash()
                self.loop.dismantle()
                self.files.end()
                self.eye.file.close()

    def client(self, name: str) -> Client:
        chance = self.chance(f"hosts of {name}")

        def anywhere(ask: Ask) -> asyncio.Task[Any]:
            up = [self.hosts[name] for name in APIS if not self.hosts[name].is_dead]
            if not up:
                return self.elsewhere(_nobody)
            return self.at(chance.choice(up), ask)

        return Client(anywhere=anywhere, history=self.history)

    def at(self, host: Host, ask: Ask) -> asyncio.Task[Any]:
        return host.run(lambda: ask(self.make_slot(host.name).container))

    def elsewhere(self, work: Callable[[], Awaitable[Any]]) -> asyncio.Task[Any]:
        """On no host of ours."""
        context = copy_context()
        context.run(PLACE.set, NOWHERE)

        async def awaited() -> Any:
            return await work()

        return self.loop.create_task(awaited(), context=context)

    def found(self, name: str, what: str) -> None:
        if len(self.findings) < ENOUGH:
            self.findings.append((name, what))

    def boot(self, name: str) -> None:
        chance = self.faults.chance("clock is off")
        clock = Clock(self.loop)
        if self.faults.strikes("clock is off"):
            clock.off, clock.gains = chance.uniform(-0.5, 0.5), chance.uniform(-1e-4, 1e-4)
        host = Host(name, self.loop, self.faults, clock, self.files, self._committed)
        host.found = self.found
        self.hosts[name] = host
        self.make_slot(name).boot(host, self.outside)
        if name in WORKERS:
            self._running.append(host.run(self.make_slot(name).worker()))

    def _must_go_well(self) -> None:
        if self.findings:
            raise Broken

    async def _live(self, life: Callable[["World"], Awaitable[None]]) -> None:
        for name in (*APIS, *WORKERS):
            self.boot(name)
        crashing = self.elsewhere(self._crash_now_and_then)
        await life(self)
        crashing.cancel()
        self.faults.heal()
        for host in tuple(self.hosts.values()):
            host.clock.off = host.clock.gains = 0.0
            if host.is_dead:
                self.boot(host.name)
        await asyncio.sleep(HEALING)
        await self._let_offers_lapse()
        await self._judge()

    async def _let_offers_lapse(self) -> None:
        """What one forgets is offered to the next, for as long."""
        for _ in range(MOST_OFFERS):
            lapses = self.eye.last_offer_lapses()
            if lapses is None:
                return
            left = (lapses - Clock(self.loop)()).total_seconds()
            await asyncio.sleep(max(0.0, left) + LAPSING)

    async def _judge(self) -> None:
        judged = [*self.eye.always(), *self.eye.told(self.history), *finally_(self.eye)]
        for organization_id, account in self.accounts.items():
            judged += at_the_provider(self.eye, organization_id, account)
        for organization_id, exchange in self.exchanges.items():
            judged += at_the_line(self.eye, organization_id, exchange)
        judged += self.letters.doubled()
        judged += left_of(self.forgotten, self.eye, self.outside.jobs)
        for id, dead in self.outside.jobs.dead.items():
            judged.append(("every job ends well", f"{dead.name} {id}: {dead.error}"))
        for name, what in judged:
            self.found(name, what)
        later = Clock(self.loop, off=timedelta(hours=2).total_seconds())
        verify = SqlVerification(database=SimulatedDatabase(engine=engine()), clock=later)
        witness = Host("witness", self.loop, self.faults, later, self.files, lambda _: None)
        for finding in await witness.run(verify):
            self.found(f"verify: {finding.check}", f"{finding.subject} {finding.detail}")
        witness.crash()

    def _committed(self, host: Host) -> None:
        for name, what in self.eye.always():
            self.found(name, what)
        if host.name in APIS and not self._word and not self.faults.strikes("word does not come"):
            self._word.add("on its way")
            self.loop.call_later(WORD, self._word_comes)

    def _word_comes(self) -> None:
        """To the worker, from wherever something was committed."""
        self._word.clear()
        for name in WORKERS:
            if not self.hosts[name].is_dead:
                context = copy_context()
                context.run(PLACE.set, self.hosts[name])
                signal = self.make_slot(name).container.news().committed
                self.loop.call_soon(signal, context=context)

    async def _crash_now_and_then(self) -> None:
        chance = self.chance("crashes")
        while True:
            await asyncio.sleep(chance.uniform(20, 120))
            name = chance.choice((*APIS, *WORKERS))
            if self.faults.strikes("clock jumps"):
                self.hosts[name].clock.off += chance.uniform(-0.5, 0.5)
            if self.faults.strikes("host crashes"):
                self.hosts[name].crash()
                await asyncio.sleep(chance.uniform(0.5, 30))
                self.boot(name)

    def _furnish(self) -> None:
        for desk in self.desks:
            id = desk.actor.organization_id
            account = Account(said_now=partial(self._said, desk))
            self.accounts[id] = account
            said_now = partial(self._said_on_the_line, desk)
            self.exchanges[id] = Exchange(clock=Clock(self.loop), said_now=said_now)
        mailer = Faulty(self.letters, "mail", self.faults, not_sent, doubles=False)
        self.outside = Outside(
            ids=self.chance("ids"),
            chance=self.chance("chance"),
            jobs=Kept(),
            gateways=Accounts(self.accounts, self.faults),
            lines=Exchanges(self.exchanges, self.faults),
            mailer=mailer,
        )

    def _said(self, desk: Desk, place: int) -> None:
        command = ReceiveEvent(
            actor=desk.actor,
            provider=self.accounts[desk.actor.organization_id].provider,
            body=json.dumps(place).encode(),
            signature=SIGNED,
        )
        self._brings(f"{desk.slug} {place}", lambda c: c.payments.receive_event()(command), place)

    def _said_on_the_line(self, desk: Desk, place: int) -> None:
        message = Message(url="", headers={}, body=json.dumps(place).encode())
        command = HearLine(actor=desk.actor, provider=PROVIDER, message=message)
        self._brings(
            f"line {desk.slug} {place}", lambda c: c.telephony.hear_line()(command), place
        )

    def _brings(self, name: str, ask: Ask, place: int) -> None:
        client = self.client(name)

        async def tell(_: int) -> None:
            await client.ask(ask)

        self._running.append(self.elsewhere(lambda: Postman(self.faults, tell)(place)))


async def _nobody() -> Any:
    raise NoAnswer
