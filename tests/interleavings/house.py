"""One database that two processes of the program work with, and who looks after them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import attrs

from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.contract.databases import create_tables
from tests.contract.desks import Desk
from tests.contract.storages import SqlStorage, sql_storage
from tests.interleavings.players import listen
from tests.servers import administrator, at_the_desk, create_database, drop_database, owner_of
from tests.tills import Till

LEASE = timedelta(milliseconds=20)
# Whoever waits in a circle is found out at once, not after a second.
PREPARED = """
    ALTER DATABASE {name} SET deadlock_timeout = '10ms';
    ALTER DATABASE {name} SET default_transaction_isolation = '{isolation}'
"""
ISOLATIONS = ("read committed", "serializable")

DROP_SECOND_WALL = "ALTER TABLE pools DROP CONSTRAINT ck_pools_taken"

SUMS = """
    SELECT format('pool %s: %s taken, %s claimed, %s there', id, taken, claimed, there) FROM (
        SELECT id, taken, capacity + allowance AS there, (
            SELECT coalesce(sum(units), 0) FROM claims
            WHERE claims.organization_id = pools.organization_id AND claims.pool_id = pools.id
        ) AS claimed FROM pools WHERE organization_id = $1
    ) AS sums WHERE taken <> claimed OR taken > there
"""


@attrs.define
class Watch:
    """The clock of one process, which may be ahead of the others'."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@attrs.frozen(kw_only=True)
class Process:
    container: Container
    watch: Watch

    @property
    def storage(self) -> SqlStorage:
        return sql_storage(self.container.database())

    def at(self, desk: Desk) -> Desk:
        return attrs.evolve(desk, container=self.container)

    def till(self, shared: Till) -> Till:
        return attrs.evolve(shared, work=self.storage.work, clock=self.watch)


@attrs.frozen(kw_only=True)
class House:
    """`setting` is a process like the two others that nobody stops."""

    first: Process
    second: Process
    setting: Process
    server: asyncpg.Connection
    numbers: "count[int]" = attrs.field(factory=count)

    async def desk(self, *, capacity: int = 1) -> Desk:
        """One of its own: what happens to others cannot be mistaken for what happens to it."""
        self.first.watch.ahead = self.second.watch.ahead = timedelta()
        desk = await Desk.opened(self.setting.container, f"desk-{next(self.numbers)}")
        await desk.sell(capacity=capacity)
        return desk

    async def sums(self, desk: Desk) -> Sequence[str]:
        """Pools that are not as full as what is claimed of them."""
        rows = await self.server.fetch(SUMS, desk.actor.organization_id)
        return [row[0] for row in rows]

    async def value(self, question: str, *parameters: object) -> Any:
        return await self.server.fetchval(question, *parameters)

    async def findings(self) -> Sequence[str]:
        """Whatever `verify` finds, in all that was played."""
        return [
            f"{each.check}: {each.subject} {each.detail}"
            for each in await self.setting.container.verification()()
        ]


def _nothing(_container: Any) -> None:
    """What is planted where nothing is."""


@asynccontextmanager
async def house(
    admin_url: str, *, isolation: str = ISOLATIONS[0], planted: Callable[[Any], None] = _nothing
) -> AsyncIterator[House]:
    """On a database of its own, where every transaction is of this isolation.

    A bug that is planted is one of the two who play, and the wall behind them is gone.
    """
    url = await create_database(admin_url)
    try:
        await create_tables(url)
        name = url.rpartition("/")[2]
        async with administrator(url) as server:
            await server.execute(PREPARED.format(name=f'"{name}"', isolation=isolation))
        async with AsyncExitStack() as leaving:
            server = await leaving.enter_async_context(administrator(url))
            first, second, setting = [
                await leaving.enter_async_context(process(url)) for _ in range(3)
            ]
            for player in (first, second):
                listen(player.container.database().engine)
                planted(player.container)
            if planted is not _nothing:
                await server.execute(DROP_SECOND_WALL)
            yield House(first=first, second=second, setting=setting, server=server)
    finally:
        await drop_database(admin_url, url)


@asynccontextmanager
async def process(url: str) -> AsyncIterator[Process]:
    settings = Settings(
        database_url=at_the_desk(url),
        database_owner_url=owner_of(url),
        allow_unsafe_database=True,
        log_level="ERROR",
    )
    watch = Watch()
    container: Any = Container(settings=settings, clock=watch, access_lease=LEASE)
    try:
        yield Process(container=container, watch=watch)
    finally:
        await container.database().close()
